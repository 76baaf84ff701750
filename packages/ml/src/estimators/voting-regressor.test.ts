import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { decisionTreeRegressor } from "./decision-tree-regressor.ts";
import { kNeighborsRegressor } from "./k-neighbors-regressor.ts";
import { ridge } from "./ridge.ts";
import { votingRegressor } from "./voting-regressor.ts";

const members = [ridge(), decisionTreeRegressor({ maxDepth: 3 })];
checkEstimator(({ seed }) => votingRegressor({ members, weights: [1, 3], seed }));
checkSamePredictions("votingRegressor", (options) =>
  estimatorOf([{ name: "votingRegressor", options: options as Record<string, unknown> }]),
);

it("weighs samples where all members do", () => {
  expect(votingRegressor({ members }).weighs).toBe(true);
  expect(votingRegressor({ members: [...members, kNeighborsRegressor()] }).weighs).toBe(false);
});

it("averages what its members say, also when it is made again from plain data", async () => {
  const x = matrixFrom([[1], [2], [4], [7]]);
  const y = [1, 2, 5, 6];
  const voting = votingRegressor({ members, weights: [1, 3] });
  const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(voting)))) as typeof voting;
  const own = await Promise.all(members.map(async (member) => (await member.fit(x, y)).predict(x)));
  for (const estimator of [voting, again])
    for (const [row, value] of (await estimator.fit(x, y)).predict(x).entries())
      expect(value).toBeCloseTo((own[0]![row]! + 3 * own[1]![row]!) / 4, 12);
});
