import type { Loss } from "../loss.ts";

/** Mean over rows of Σ t (log t − log softmax(scores)): scores and probabilities t, both `[batch, …, classes]`. */
export const klDivergence = (): Loss => ({
  name: "klDivergence",
  build(g, scores, probabilities) {
    // 0 log 0 is 0: the smallest normal number stands in for zero under the logarithm.
    const known = g.log(g.max(probabilities, 2 ** -126));
    const apart = g.mul(probabilities, g.sub(known, g.op("LogSoftmax", [scores], { axis: -1 })));
    return g.reduceMean(g.reduceSum(apart, [-1]));
  },
});
