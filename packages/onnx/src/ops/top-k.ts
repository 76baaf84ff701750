import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { axisOf } from "../shapes.ts";

export const topK = defineOp({
  name: "TopK",
  attributes: { axis: int(-1), largest: int(1), sorted: int(1) },
  inputs: [2, 2],
  infer({ inputs: [x], attributes: { axis }, constant }) {
    const k = constant(1);
    const shape = x!.shape?.with(axisOf("TopK", axis, x!), k ? integersOf(k)[0]! : "k");
    return [
      { dtype: x!.dtype, shape },
      { dtype: "int64", shape },
    ];
  },
  gradient({ g, inputs: [x], outputs: [, indices], upstream: [dy], attributes: { axis } }) {
    const target = zerosLike(g, x!);
    return [g.op("ScatterElements", [target, indices, dy], { axis })];
  },
});
