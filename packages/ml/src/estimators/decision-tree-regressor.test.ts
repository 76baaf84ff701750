import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { decisionTreeRegressor } from "./decision-tree-regressor.ts";

// Of two rows any feature that differs tells them apart alike: rounding would pick one.
checkEstimator(({ seed }) => decisionTreeRegressor({ maxDepth: 3, seed }));
checkGolden("decisionTreeRegressor");
checkSamePredictions("decisionTreeRegressor", decisionTreeRegressor);
