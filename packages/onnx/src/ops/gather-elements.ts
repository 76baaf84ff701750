import { defineOp, int } from "../define-op.ts";
import { scatterSum } from "../rules/scatter-sum.ts";
import { zerosLike } from "../rules/zeros-like.ts";

export const gatherElements = defineOp({
  name: "GatherElements",
  attributes: { axis: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x, indices] }) => [{ dtype: x!.dtype, shape: indices!.shape }],
  gradient({ g, inputs: [x, indices], upstream: [dy], attributes: { axis } }) {
    return [scatterSum(g, { target: zerosLike(g, x!), indices: indices!, updates: dy!, axis })];
  },
});
