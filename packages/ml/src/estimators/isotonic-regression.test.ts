import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { isotonicRegression } from "./isotonic-regression.ts";

checkEstimator(({ seed }) => isotonicRegression({ seed }));
checkSamePredictions("isotonicRegression", isotonicRegression);

it("pools neighbours that violate the order", async () => {
  const model = await isotonicRegression().fit(matrixFrom([[1], [2], [3], [4], [4]]), [1, 5, 3, 6, 8]);
  expect(model.predict(matrixFrom([[0], [1.5], [2], [3], [3.5], [9]]))).toEqual(Float64Array.of(1, 2.5, 4, 4, 5.5, 7));
});

it("refuses a feature that is not there", async () => {
  await expect(isotonicRegression({ feature: 1 }).fit(matrixFrom([[1]]), [1])).rejects.toMatchObject({
    code: "ml/feature-option",
  });
});
