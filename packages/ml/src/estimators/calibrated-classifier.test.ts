import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { brierScore } from "../metrics/brier-score.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { calibratedClassifier } from "./calibrated-classifier.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";

const member = gaussianNaiveBayes();
checkEstimator(({ seed }) => calibratedClassifier({ member, folds: 3, seed }), { countsRows: true });
checkEstimator(({ seed }) => calibratedClassifier({ member, method: "isotonic", folds: 3, ensemble: false, seed }), {
  countsRows: true,
});

describe("calibratedClassifier", () => {
  const random = Random.from(6);
  // Features that repeat each other make naive Bayes overconfident.
  const rows = Array.from({ length: 900 }, () => Array<number>(6).fill(random.normal()));
  const labels = rows.map(([a]) => (a! + 1.5 * random.normal() > 0 ? "yes" : "no"));
  const [x, unseen] = [matrixFrom(rows.slice(0, 300)), matrixFrom(rows.slice(300))];

  it.each(["sigmoid", "isotonic"] as const)(
    "brings overconfident probabilities nearer to what happens: %s",
    async (method) => {
      const fitted = calibratedClassifier({ member, method });
      const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(fitted)))) as typeof fitted;
      const scoreOf = async (estimator: typeof fitted | typeof member) => {
        const shares = (await estimator.fit(x, labels.slice(0, 300))).predictProbabilities(unseen);
        return brierScore(
          labels.slice(300).map((label) => label === "yes"),
          shares.filter((_, i) => i % 2 === 1),
        );
      };
      expect(await scoreOf(again)).toBe(await scoreOf(fitted));
      expect(await scoreOf(fitted)).toBeLessThan(0.95 * (await scoreOf(member)));
    },
  );
});
