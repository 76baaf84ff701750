import { AthanorError, integer, integers, oneOf } from "@athanor/core";
import { featureScores, numberScores } from "../columns/feature-scores.ts";
import { type KeptState, keeping } from "../columns/kept.ts";
import { defineTransformer } from "../define-transformer.ts";

interface BestState extends KeptState {
  readonly scores: Float64Array;
}

/**
 * Keeps the columns that tell most about the label, or the number to predict: by `anovaF` or `mutualInformation` then.
 *
 * @throws `ml/no-labels`, `ml/negative` for the score chi2
 */
export const selectKBest = defineTransformer({
  name: "selectKBest",
  supervised: "any",
  options: {
    k: integer(10, "columns kept at most", { min: 1 }),
    score: oneOf("anovaF", "how a column is judged", [
      "anovaF",
      "chi2",
      "mutualInformation",
      "informationGain",
      "gainRatio",
    ]),
    nNeighbors: integer(3, "near values that mutual information looks at", { min: 1 }),
    discrete: integers([], "columns, counted from 0, whose values mutual information takes for names", { min: 0 }),
  },
  fit({ x, y, classes, numbers, random, options: { k, score, ...options } }): BestState {
    const scores =
      classes > 0
        ? featureScores[score](x, y, classes, { ...options, random })
        : scoreOfNumbers(score)(x, numbers, { ...options, random });
    const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
    return { scores, kept: best.slice(0, k).sort((a, b) => a - b) };
  },
  ...keeping<BestState>(),
});

function scoreOfNumbers(score: keyof typeof featureScores) {
  if (score === "anovaF" || score === "mutualInformation") return numberScores[score];
  throw new AthanorError(
    "ml/no-labels",
    `selectKBest: expected labels for the score ${score}, got numbers to predict`,
    {
      fix: "Use the score anovaF or mutualInformation.",
    },
  );
}
