import { defineOp } from "../define-op.ts";
import { broadcastShapes, isFloat } from "../shapes.ts";

export const pow = defineOp({
  name: "Pow",
  attributes: {},
  inputs: [2, 2],
  algebra: { neutral: 1 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Pow", ...inputs.map((input) => input!)) }],
  // da = dy · b a^(b − 1), db = dy · y ln a; a zero base to a constant power has no slope in that power
  gradient({ g, inputs: [a, b], outputs: [y], upstream: [dy], wants, constant }) {
    const exponent = g.cast(b!, dy!.dtype);
    const known = constant(1);
    const isSquare = known?.size === 1 && Number(known.data[0]) === 2;
    const da = () => (isSquare ? g.mul(a!, exponent) : g.mul(exponent, g.pow(a!, g.sub(exponent, 1))));
    const logarithm = () => g.log(g.where(g.equal(a!, 0), g.constant(1, a!.dtype as "float32"), a!));
    return [
      wants(0) ? g.mul(dy!, da()) : undefined,
      wants(1) && isFloat(b!.dtype) ? g.cast(g.mul(dy!, g.mul(y!, logarithm())), b!.dtype) : undefined,
    ];
  },
});
