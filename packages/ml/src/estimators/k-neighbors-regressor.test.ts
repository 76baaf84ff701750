import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { kNeighborsRegressor } from "./k-neighbors-regressor.ts";

checkEstimator(({ seed }) => kNeighborsRegressor({ weights: "distance", seed }));
checkEstimator(({ seed }) => kNeighborsRegressor({ metric: "cosine", weights: "distance", seed }));
checkSamePredictions("kNeighborsRegressor", kNeighborsRegressor);
