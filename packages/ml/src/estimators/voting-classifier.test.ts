import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { decisionTreeClassifier } from "./decision-tree-classifier.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { ridge } from "./ridge.ts";
import { votingClassifier } from "./voting-classifier.ts";

const members = [gaussianNaiveBayes(), decisionTreeClassifier({ maxDepth: 3 }), logisticRegression()];

checkEstimator(({ seed }) => votingClassifier({ members, seed }), { tolerance: 1e-6 });
checkEstimator(({ seed }) => votingClassifier({ members, voting: "hard", weights: [1, 2, 1.5], seed }), {
  tolerance: 1e-6,
});
checkSamePredictions("votingClassifier", (options) =>
  estimatorOf([{ name: "votingClassifier", options: options as Record<string, unknown> }]),
);

const x = matrixFrom([
  [0, 1],
  [1, 0],
  [3, 3],
  [4, 5],
  [9, 9],
  [8, 9],
]);
const labels = ["a", "a", "b", "b", "c", "c"];

it("averages what its members say", async () => {
  const model = await votingClassifier({ members, weights: [1, 2, 1] }).fit(x, labels);
  const own = await Promise.all(members.map((member) => member.fit(x, labels)));
  const [first, second, third] = own.map((each) => each.predictProbabilities(x));
  for (const [i, value] of model.predictProbabilities(x).entries())
    expect(value).toBeCloseTo((first![i]! + 2 * second![i]! + third![i]!) / 4, 12);
});

it("is made again from plain data", async () => {
  const voting = votingClassifier({ members, voting: "hard" });
  const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(voting)))) as typeof voting;
  expect((await again.fit(x, labels)).predictProbabilities(x)).toEqual(
    (await voting.fit(x, labels)).predictProbabilities(x),
  );
});

it.each([
  ["no members", () => votingClassifier({ members: [] })],
  ["a regressor", () => votingClassifier({ members: [ridge() as never] })],
  ["weights of another number", () => votingClassifier({ members, weights: [1] })],
])("refuses %s", (_, build) => {
  expect(build).toThrow(expect.objectContaining({ code: "ml/members" }));
});
