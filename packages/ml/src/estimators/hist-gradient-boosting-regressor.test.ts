import { checkEstimator } from "../testing/check-estimator.ts";
import { histGradientBoostingRegressor } from "./hist-gradient-boosting-regressor.ts";

checkEstimator(({ seed }) => histGradientBoostingRegressor({ maxIter: 15, minSamplesLeaf: 5, seed }), {
  countsRows: true,
});
checkEstimator(
  ({ seed }) =>
    histGradientBoostingRegressor({ loss: "absoluteError", maxIter: 15, minSamplesLeaf: 5, earlyStopping: true, seed }),
  { countsRows: true },
);
