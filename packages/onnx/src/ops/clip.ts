import type { Tensor } from "@athanor/core";
import { defineOp } from "../define-op.ts";

export const clip = defineOp({
  name: "Clip",
  attributes: {},
  inputs: [1, 3],
  infer: ({ inputs: [x] }) => [x!],
  // dy goes to x where no bound binds, else to the bound that does; of two that cross, the upper one is applied last.
  gradient({ g, inputs: [x, low, high], upstream: [dy], constant, wants }) {
    const zero = g.constant(0, dy!.dtype as "float32");
    const isBelow = low && g.less(x!, low);
    const isAbove = high && g.greater(low && !inOrder(constant(1), constant(2)) ? g.max(x!, low) : x!, high);
    const held = isAbove ? g.where(isAbove, zero, dy!) : dy!;
    const atLow = wants(1) && isBelow ? g.where(isBelow, held, zero) : undefined;
    const atHigh = wants(2) && isAbove ? g.where(isAbove, dy!, zero) : undefined;
    return [wants(0) ? (isBelow ? g.where(isBelow, zero, held) : held) : undefined, atLow, atHigh];
  },
});

const inOrder = (low: Tensor | undefined, high: Tensor | undefined): boolean =>
  low !== undefined && high !== undefined && Number(low.data[0]) <= Number(high.data[0]);
