import type { Loss } from "../loss.ts";

/** Mean of −t log σ(x) − (1 − t) log(1 − σ(x)) for scores x and targets t in `[0, 1]`, of one shape. */
export const binaryCrossEntropy = (): Loss => ({
  name: "binaryCrossEntropy",
  // softplus(x) − t x = max(x, 0) − t x + log(1 + exp(−|x|)), which does not overflow
  build: (g, scores, targets) =>
    g.reduceMean(
      g.add(g.sub(g.relu(scores), g.mul(scores, targets)), g.log(g.add(g.exp(g.neg(g.op("Abs", [scores]))), 1))),
    ),
});
