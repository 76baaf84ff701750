import { numberOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { broadcastShapes, isFloat } from "../shapes.ts";

export const pow = defineOp({
  name: "Pow",
  attributes: {},
  inputs: [2, 2],
  algebra: { neutral: 1 },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Pow", ...inputs.map((input) => input!)) }],
  // da = dy · b a^(b − 1), db = dy · y ln a; a zero base to a constant power has no slope in that power
  gradient({ g, inputs: [a, b], outputs: [y], upstream: [dy], wants, constant }) {
    const known = constant(1);
    const power = known?.size === 1 ? numberOf(known) : undefined;
    const logarithm = () => g.log(g.where(g.equal(a!, 0), g.constant(1, a!.dtype as "float32"), a!));
    return [
      wants(0) ? ofBase(g, dy!, a!, power ?? b!) : undefined,
      wants(1) && isFloat(b!.dtype) ? g.cast(g.mul(dy!, g.mul(y!, logarithm())), b!.dtype) : undefined,
    ];
  },
});

function ofBase(g: GraphBuilder, dy: Value, a: Value, b: Value | number): Value | undefined {
  if (b === 0) return undefined;
  if (b === 1) return dy;
  if (typeof b === "number") return g.mul(dy, g.mul(b === 2 ? a : g.pow(a, b - 1), b));
  // At 0⁰ the slope is 0, which 0 · 0⁻¹ is not.
  const power = g.cast(b, a.dtype);
  const isUnclear = g.op("And", [g.equal(a, 0), g.equal(power, 0)]);
  const known = g.where(isUnclear, g.constant(1, a.dtype as "float32"), power);
  return g.mul(dy, g.mul(power, g.pow(a, g.sub(known, 1))));
}
