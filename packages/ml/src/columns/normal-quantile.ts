import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";

const middle = {
  above: [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ],
  below: [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
  ],
};
const tail = {
  above: [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1],
};
/** Below this share the tail's fraction holds. */
const limit = 0.02425;

const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/**
 * The number below which a normal variable falls with a probability, to nine digits.
 *
 * @see Acklam 2003, "An algorithm for computing the inverse normal cumulative distribution function"
 */
export function normalQuantile(probability: number): number {
  const outer = Math.min(probability, 1 - probability);
  if (outer >= limit) {
    const q = probability - 0.5;
    return (q * polynomial(middle.above, q * q)) / polynomial(middle.below, q * q);
  }
  const q = Math.sqrt(-2 * Math.log(outer));
  return (Math.sign(probability - 0.5) * -polynomial(tail.above, q)) / polynomial(tail.below, q);
}

/** The same as operators, float64. */
export function normalQuantileToOnnx(g: GraphBuilder, probability: Value): Value {
  const number = (value: number) => g.constant(float64([value]));
  const fraction = ({ above, below }: typeof middle, x: Value) => {
    const [top, bottom] = [above, below].map((coefficients) =>
      coefficients.slice(1).reduce((sum, each) => g.add(g.mul(sum, x), number(each)), number(coefficients[0]!)),
    ) as [Value, Value];
    return g.div(top, bottom);
  };
  const q = g.sub(probability, number(0.5));
  const outer = g.op("Min", [probability, g.sub(number(1), probability)]);
  const root = g.op("Sqrt", [g.mul(g.op("Log", [outer]), number(-2))]);
  const far = g.neg(g.mul(g.op("Sign", [q]), fraction(tail, root)));
  return g.where(g.op("Less", [outer, number(limit)]), far, g.mul(q, fraction(middle, g.mul(q, q))));
}
