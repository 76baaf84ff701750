import { defineOp } from "../define-op.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dy goes to x between the bounds, else to the bound that binds: y = min(max(x, low), high). On a bound x is held, as
  // Relu holds a zero: a channel that gives nothing but zeros stays as it is.
  gradient({ g, inputs: [x, low, high], upstream: [dy], wants }) {
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
