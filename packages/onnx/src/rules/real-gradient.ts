import { pullback } from "../autodiff/pullback.ts";
import type { GradientContext } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { alongAxis } from "./zero-points.ts";

/**
 * Gradient of an operator on whole numbers less their zero points, as if it computed with real ones.
 *
 * @param axes the axis of each operand along which a row of zero points lies
 */
export function realGradient(
  { g, inputs: [a, b, aZero, bZero], upstream: [dy], wants }: GradientContext<Record<never, never>>,
  axes: readonly [number, number],
  compute: (a: Value, b: Value) => Value,
): readonly (Value | undefined)[] {
  const real = (whole: Value, zero: Value | undefined, axis: number) => {
    const value = g.cast(whole, dy!.dtype);
    return zero ? g.sub(value, g.cast(alongAxis(g, zero, axis, whole.shape.length), dy!.dtype)) : value;
  };
  const operands = [real(a!, aZero, axes[0]), real(b!, bZero, axes[1])] as const;
  const first = g.nodes.length;
  const y = compute(...operands);
  const wanted = operands.filter((_, i) => wants(i));
  const slopes = [...pullback(g, { nodes: g.nodes.slice(first), outputs: [y], upstream: [dy], wanted })];
  return operands.map((_, i) => (wants(i) ? slopes.shift() : undefined));
}
