import { defineOp } from "../define-op.ts";
import { broadcastShapes, namedLengths } from "../shapes.ts";

export const expand = defineOp({
  name: "Expand",
  attributes: {},
  inputs: [2, 2],
  infer({ inputs: [x], lengths }) {
    const shape = namedLengths("expand", lengths(1));
    return [{ dtype: x!.dtype, shape: broadcastShapes("Expand", x!, { dtype: x!.dtype, shape }) }];
  },
  // The walk sums over the axes that were stretched.
  gradient: ({ upstream: [dy] }) => [dy],
});
