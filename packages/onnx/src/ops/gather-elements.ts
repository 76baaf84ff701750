import { defineOp, int } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

export const gatherElements = defineOp({
  name: "GatherElements",
  attributes: { axis: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x, indices] }) => [{ dtype: x!.dtype, shape: indices!.shape }],
  gradient({ g, inputs: [x, indices], upstream: [dy], attributes: { axis } }) {
    const zeros = g.op("ConstantOfShape", [g.constant(staticShape("GatherElements", x!), "int64")], {
      value: g.zero(dy!.dtype),
    });
    return [g.op("ScatterElements", [zeros, indices, dy], { axis, reduction: "add" })];
  },
});
