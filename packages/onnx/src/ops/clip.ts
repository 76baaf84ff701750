import { numberOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dy goes to x between the bounds, else to the bound that binds: y = min(max(x, low), high). On a bound x is held, as
  // Relu holds a zero: a channel that gives nothing but zeros stays as it is.
  gradient({ g, inputs: [x, low, high], outputs: [y], upstream: [dy], wants }) {
    const inside = wants(1) || wants(2) ? undefined : between(g, y!, [low, high]);
    if (inside) return [inside.reduce((dx, mask) => g.mul(dx, mask), dy!)];
    const zero = g.constant(0, dy!.dtype as "float32");
    const isBelow = low && g.op("LessOrEqual", [x, low]);
    const isAbove = high && g.op("GreaterOrEqual", [x, high]);
    const above = isBelow ? g.where(isBelow, zero, dy!) : dy!;
    const dx = wants(0) ? (isAbove ? g.where(isAbove, zero, above) : above) : undefined;
    if (!wants(1) && !wants(2)) return [dx];
    // Bounds that meet or cross leave only the upper one.
    const crossed = low && high && g.op("GreaterOrEqual", [low, high]);
    const atLow = isBelow && (crossed ? g.op("And", [isBelow, g.op("Not", [crossed])]) : isBelow);
    const atHigh = isAbove && (crossed ? g.op("Or", [isAbove, crossed]) : isAbove);
    return [
      dx,
      wants(1) && atLow ? g.where(atLow, dy!, zero) : undefined,
      wants(2) && atHigh ? g.where(atHigh, dy!, zero) : undefined,
    ];
  },
});

/**
 * 1 where a clipped value is off its bounds and 0 on them, a factor a bound: in single precision a HardSigmoid so steep that the
 * nearest number to a bound has left it, which costs a fraction of a comparison and a choice.
 */
function between(g: GraphBuilder, y: Value, bounds: readonly (Value | undefined)[]): readonly Value[] | undefined {
  if (y.dtype !== "float32") return undefined;
  const numbers = bounds.map((bound) => {
    const tensor = g.constantOf(bound);
    return bound && tensor?.size === 1 ? numberOf(tensor) : undefined;
  });
  const isKnown = bounds.every((bound, i) => bound === undefined || Number.isFinite(numbers[i]));
  if (!isKnown) return undefined;
  // A power of two keeps the products with the bounds exact, and within what a float holds.
  const reach = Math.max(1, ...numbers.map((number) => Math.abs(number ?? 0)));
  const steep = 2 ** (125 - Math.ceil(Math.log2(reach)));
  return numbers.flatMap((number, i) => {
    if (number === undefined) return [];
    const alpha = i === 0 ? steep : -steep;
    return [g.op("HardSigmoid", [y], { alpha, beta: -alpha * number })];
  });
}
