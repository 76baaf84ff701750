import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { multinomialNaiveBayes } from "./multinomial-naive-bayes.ts";

checkEstimator(({ seed }) => multinomialNaiveBayes({ seed }), { counts: true });
checkSamePredictions("multinomialNaiveBayes", multinomialNaiveBayes);

it("refuses negative counts", async () => {
  await expect(multinomialNaiveBayes().fit(matrixFrom([[1], [-1]]), ["a", "b"])).rejects.toMatchObject({
    code: "ml/negative",
  });
});
