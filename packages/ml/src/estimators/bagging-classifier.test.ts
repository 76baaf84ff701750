import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { baggingClassifier } from "./bagging-classifier.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";
import { ridge } from "./ridge.ts";

checkEstimator(({ seed }) => baggingClassifier({ nEstimators: 5, maxFeatures: 0.7, seed }), { countsRows: true });

const random = Random.from(3);
const rows = Array.from({ length: 120 }, () => [random.normal(), random.normal()]);
const x = matrixFrom(rows);
const labels = rows.map(([a, b]) => (a! + b! + 0.3 * random.normal() > 0 ? "up" : "down"));

it("is its member where nothing is drawn, and then has no score out of bag", async () => {
  const member = gaussianNaiveBayes();
  const bagging = baggingClassifier({ member, bootstrap: false, nEstimators: 2 });
  const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(bagging)))) as typeof bagging;
  const own = (await member.fit(x, labels)).predictProbabilities(x);
  for (const estimator of [bagging, again]) {
    const model = await estimator.fit(x, labels);
    expect(model.state.outOfBagScore).toBeNull();
    expect(model.predictProbabilities(x)).toEqual(own);
  }
});

it("scores itself by samples that members did not see", async () => {
  const { outOfBagScore } = (await baggingClassifier({ nEstimators: 20 }).fit(x, labels)).state;
  const fresh = Array.from({ length: 300 }, () => [random.normal(), random.normal()]);
  const model = await baggingClassifier({ nEstimators: 20 }).fit(x, labels);
  const right = model
    .predict(matrixFrom(fresh))
    .filter((label, i) => (label === "up") === fresh[i]![0]! + fresh[i]![1]! > 0);
  expect(outOfBagScore).toBeGreaterThan(0.8);
  expect(Math.abs(outOfBagScore! - right.length / 300)).toBeLessThan(0.1);
});

it("copes with a member that sees one class only", async () => {
  const model = await baggingClassifier({ maxSamples: 0.01, nEstimators: 3 }).fit(x, labels);
  expect(model.predictProbabilities(x).every((share) => share >= 0 && share <= 1)).toBe(true);
});

it("refuses a regressor", () => {
  expect(() => baggingClassifier({ member: ridge() as never })).toThrow(
    expect.objectContaining({ code: "ml/members" }),
  );
});
