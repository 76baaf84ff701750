import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { kNeighborsClassifier } from "./k-neighbors-classifier.ts";

checkEstimator(({ seed }) => kNeighborsClassifier({ weights: "distance", seed }));
checkEstimator(({ seed }) => kNeighborsClassifier({ metric: "manhattan", algorithm: "hnsw", seed }));
checkSamePredictions("kNeighborsClassifier", kNeighborsClassifier);

it("refuses to ask more neighbours than there are samples", async () => {
  await expect(kNeighborsClassifier().fit(matrixFrom([[1], [2]]), ["a", "b"])).rejects.toMatchObject({
    code: "ml/neighbors",
  });
});

it("asks the sample stored first of equally near ones", async () => {
  const model = await kNeighborsClassifier({ nNeighbors: 1 }).fit(matrixFrom([[3], [1], [1]]), ["a", "c", "b"]);
  expect(model.predict(matrixFrom([[2], [1]]))).toEqual(["a", "c"]);
});
