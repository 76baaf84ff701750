import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { decisionTreeRegressor } from "./decision-tree-regressor.ts";

checkEstimator(({ seed }) => decisionTreeRegressor({ seed }));
checkGolden("decisionTreeRegressor");
