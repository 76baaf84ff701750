import { defineOp, int } from "../define-op.ts";

export const cumProd = defineOp({
  name: "CumProd",
  since: 26,
  attributes: { exclusive: int(0), reverse: int(0) },
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // dx = Σ dy y / x over the products that x is part of, for factors that are not zero
  gradient: ({ g, inputs: [x, axis], outputs: [y], upstream: [dy], attributes: { exclusive, reverse } }) => [
    g.div(g.op("CumSum", [g.mul(dy!, y!), axis], { exclusive, reverse: 1 - reverse }), x!),
  ],
});
