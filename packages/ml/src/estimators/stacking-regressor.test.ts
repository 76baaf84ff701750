import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions, singlePrecision } from "../testing/check-same-predictions.ts";
import { decisionTreeRegressor } from "./decision-tree-regressor.ts";
import { ridge } from "./ridge.ts";
import { stackingRegressor } from "./stacking-regressor.ts";

checkEstimator(
  ({ seed }) =>
    stackingRegressor({
      members: [ridge(), decisionTreeRegressor({ maxDepth: 3 })],
      passthrough: true,
      folds: 3,
      seed,
    }),
  { countsRows: true },
);
// What members predict reaches the last estimator in single precision, as in an exported graph.
checkSamePredictions(
  "stackingRegressor",
  (options) => estimatorOf([{ name: "stackingRegressor", options: options as Record<string, unknown> }]),
  singlePrecision,
);

it("refuses more folds than samples", async () => {
  const estimator = stackingRegressor({ members: [ridge()], folds: 3 });
  await expect(estimator.fit(matrixFrom([[1], [2]]), [1, 2])).rejects.toMatchObject({ code: "ml/folds" });
});
