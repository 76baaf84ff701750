import { defineOp, int } from "../define-op.ts";
import { zerosLike } from "../rules/zeros-like.ts";

export const gatherElements = defineOp({
  name: "GatherElements",
  attributes: { axis: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x, indices] }) => [{ dtype: x!.dtype, shape: indices!.shape }],
  gradient({ g, inputs: [x, indices], upstream: [dy], attributes: { axis } }) {
    const target = zerosLike(g, x!);
    return [g.op("ScatterElements", [target, indices, dy], { axis, reduction: "add" })];
  },
});
