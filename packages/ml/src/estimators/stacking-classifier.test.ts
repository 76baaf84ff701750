import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { matrixFrom, takeSamples } from "../matrix.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";
import { kNeighborsClassifier } from "./k-neighbors-classifier.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { stackingClassifier } from "./stacking-classifier.ts";

const members = [gaussianNaiveBayes(), kNeighborsClassifier({ nNeighbors: 3 })];
checkEstimator(({ seed }) => stackingClassifier({ members, folds: 3, seed }));

const random = Random.from(5);
const rows = Array.from({ length: 40 }, () => [random.normal(), random.normal()]);
const x = matrixFrom(rows);
const labels = rows.map(([a, b]) => (a! * b! + 0.2 * random.normal() > 0 ? "same" : "other"));

it("lets the last estimator learn from what members say of rows that they did not see", async () => {
  const stacking = stackingClassifier({ members, folds: 4, passthrough: true, seed: 2 });
  const model = await stacking.fit(x, labels);
  const splits = stratifiedKFold(
    labels.map((label) => String(Number(label === "same"))),
    4,
    Random.from(2).integer(2 ** 31),
  );
  const said = rows.map(() => [0, 0]);
  for (const { train, test } of splits)
    for (const [m, member] of members.entries()) {
      const fitted = await member.fit(
        takeSamples(x, train),
        train.map((row) => labels[row]!),
      );
      const shares = fitted.predictProbabilities(takeSamples(x, test));
      for (const [i, row] of test.entries()) said[row]![m] = shares[2 * i + 1]!;
    }
  const last = await logisticRegression().fit(matrixFrom(said.map((own, row) => [...own, ...rows[row]!])), labels);
  const whole = await Promise.all(members.map((member) => member.fit(x, labels)));
  const given = rows.map((row, i) => [...whole.map((each) => each.predictProbabilities(x)[2 * i + 1]!), ...row]);
  expect(model.predictProbabilities(x)).toEqual(last.predictProbabilities(matrixFrom(given)));
});

it("is made again from plain data", async () => {
  const stacking = stackingClassifier({ members, last: gaussianNaiveBayes(), folds: 3 });
  const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(stacking)))) as typeof stacking;
  expect((await again.fit(x, labels)).predict(x)).toEqual((await stacking.fit(x, labels)).predict(x));
});

it("refuses more folds than samples of a class", async () => {
  const few = stackingClassifier({ members }).fit(matrixFrom([[1], [2], [3]]), ["a", "a", "b"]);
  await expect(few).rejects.toMatchObject({ code: "ml/folds" });
});
