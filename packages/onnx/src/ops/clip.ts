import { defineOp } from "../define-op.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dy goes to x where no bound binds, else to the bound that does: y = min(max(x, low), high).
  gradient({ g, inputs: [x, low, high], upstream: [dy], wants }) {
    const zero = g.constant(0, dy!.dtype as "float32");
    const isBelow = low && g.less(x!, low);
    const isAbove = high && g.greater(x!, high);
    const above = isBelow ? g.where(isBelow, zero, dy!) : dy!;
    const dx = wants(0) ? (isAbove ? g.where(isAbove, zero, above) : above) : undefined;
    if (!wants(1) && !wants(2)) return [dx];
    // Bounds that cross leave only the upper one.
    const crossed = low && high && g.greater(low, high);
    const atLow = isBelow && (crossed ? g.op("And", [isBelow, g.op("Not", [crossed])]) : isBelow);
    const atHigh = isAbove && (crossed ? g.op("Or", [isAbove, crossed]) : isAbove);
    return [
      dx,
      wants(1) && atLow ? g.where(atLow, dy!, zero) : undefined,
      wants(2) && atHigh ? g.where(atHigh, dy!, zero) : undefined,
    ];
  },
});
