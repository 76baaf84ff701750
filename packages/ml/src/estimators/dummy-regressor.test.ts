import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { dummyRegressor } from "./dummy-regressor.ts";

checkEstimator(({ seed }) => dummyRegressor({ seed }), { guesses: true });
checkSamePredictions("dummyRegressor", dummyRegressor);
