import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { randomForestRegressor } from "./random-forest-regressor.ts";

checkEstimator(({ seed }) => randomForestRegressor({ nTrees: 10, seed }), { countsRows: true });
checkGolden("randomForestRegressor");
