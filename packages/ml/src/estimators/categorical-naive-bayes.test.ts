import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { categoricalNaiveBayes } from "./categorical-naive-bayes.ts";

checkEstimator(({ seed }) => categoricalNaiveBayes({ seed }), { counts: true });
checkSamePredictions("categoricalNaiveBayes", categoricalNaiveBayes);

it("takes a category that it has not seen for a missing one", async () => {
  const model = await categoricalNaiveBayes().fit(
    matrixFrom([
      [0, 2],
      [1, 7],
      [1, 2],
    ]),
    ["a", "b", "b"],
  );
  const asked = (first: number) => model.predictProbabilities(matrixFrom([[first, 7]]));
  expect(asked(5)).toEqual(asked(Number.NaN));
  expect(asked(5)).not.toEqual(asked(0));
});
