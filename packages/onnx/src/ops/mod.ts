import { defineOp, int } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const mod = defineOp({
  name: "Mod",
  attributes: { fmod: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [a, b] }) => [{ dtype: a!.dtype, shape: broadcastShapes("Mod", a!, b!) }],
  // y = a − b q with the whole quotient q = (a − y)/b: da = dy, db = −dy · q
  gradient: ({ g, inputs: [a, b], outputs: [y], upstream: [dy], wants }) => [
    dy,
    wants(1) ? g.neg(g.mul(dy!, g.div(g.sub(a!, y!), b!))) : undefined,
  ],
});
