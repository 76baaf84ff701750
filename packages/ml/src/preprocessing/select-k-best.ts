import { integer, oneOf } from "@athanor/core";
import { featureScores } from "../columns/feature-scores.ts";
import { type KeptState, keeping } from "../columns/kept.ts";
import { defineTransformer } from "../define-transformer.ts";

interface BestState extends KeptState {
  readonly scores: Float64Array;
}

/**
 * Keeps the columns that tell most about the label.
 *
 * @throws `ml/no-labels`, `ml/negative` for the score chi2
 */
export const selectKBest = defineTransformer({
  name: "selectKBest",
  supervised: true,
  options: {
    k: integer(10, "columns kept at most", { min: 1 }),
    score: oneOf("anovaF", "how a column is judged", ["anovaF", "chi2", "informationGain", "gainRatio"]),
  },
  fit({ x, y, classes, options: { k, score } }): BestState {
    const scores = featureScores[score](x, y, classes);
    const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
    return { scores, kept: best.slice(0, k).sort((a, b) => a - b) };
  },
  ...keeping,
});
