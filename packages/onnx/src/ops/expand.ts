import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import { broadcastShapes, openShape } from "../shapes.ts";

export const expand = defineOp({
  name: "Expand",
  attributes: {},
  inputs: [2, 2],
  infer({ inputs: [x, to], constant }) {
    const target = constant(1);
    const shape = target ? integersOf(target) : openShape("expand", to!);
    return [{ dtype: x!.dtype, shape: broadcastShapes("Expand", x!, { dtype: x!.dtype, shape }) }];
  },
  // The walk sums over the axes that were stretched.
  gradient: ({ upstream: [dy] }) => [dy],
});
