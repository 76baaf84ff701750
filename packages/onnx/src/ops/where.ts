import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const where = defineOp({
  name: "Where",
  attributes: {},
  inputs: [3, 3],
  infer: ({ inputs: [condition, a, b] }) => [{ dtype: a!.dtype, shape: broadcastShapes("Where", condition!, a!, b!) }],
  // da = dy where the condition holds, db = dy where it does not
  gradient({ g, inputs: [condition], upstream: [dy], wants }) {
    const zero = g.constant(0, dy!.dtype as "float32");
    return [
      undefined,
      wants(1) ? g.where(condition!, dy!, zero) : undefined,
      wants(2) ? g.where(condition!, zero, dy!) : undefined,
    ];
  },
});
