import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const pow = defineOp({
  name: "Pow",
  attributes: {},
  inputs: [2, 2],
  algebra: { neutral: 1 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Pow", ...inputs.map((input) => input!)) }],
  // da = dy · b a^(b − 1), db = dy · y ln a
  gradient: ({ g, inputs: [a, b], outputs: [y], upstream: [dy], wants }) => [
    wants(0) ? g.mul(dy!, g.mul(b!, g.pow(a!, g.sub(b!, 1)))) : undefined,
    wants(1) ? g.mul(dy!, g.mul(y!, g.log(a!))) : undefined,
  ],
});
