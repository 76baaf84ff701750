import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { extraTreesRegressor } from "./extra-trees-regressor.ts";

checkEstimator(({ seed }) => extraTreesRegressor({ nTrees: 20, seed }), { countsRows: true });
checkGolden("extraTreesRegressor");
