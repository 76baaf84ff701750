import { defineOp } from "../define-op.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dy goes to x where no bound binds, else to the bound that does.
  gradient({ g, inputs: [x, low, high], upstream: [dy], wants }) {
    const zero = g.constant(0, dy!.dtype as "float32");
    const isBelow = low && g.less(x!, low);
    const isAbove = high && g.greater(x!, high);
    const atLow = wants(1) && isBelow ? g.where(isBelow, dy!, zero) : undefined;
    const atHigh = wants(2) && isAbove ? g.where(isAbove, dy!, zero) : undefined;
    const above = isBelow ? g.where(isBelow, zero, dy!) : dy!;
    return [wants(0) ? (isAbove ? g.where(isAbove, zero, above) : above) : undefined, atLow, atHigh];
  },
});
