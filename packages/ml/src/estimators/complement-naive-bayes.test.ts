import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { complementNaiveBayes } from "./complement-naive-bayes.ts";

checkEstimator(({ seed }) => complementNaiveBayes({ seed }), { counts: true });
checkSamePredictions("complementNaiveBayes", complementNaiveBayes);

it("refuses negative counts", async () => {
  await expect(complementNaiveBayes().fit(matrixFrom([[1], [-1]]), ["a", "b"])).rejects.toMatchObject({
    code: "ml/negative",
  });
});
