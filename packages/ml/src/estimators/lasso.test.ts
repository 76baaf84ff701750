import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { lasso } from "./lasso.ts";

checkEstimator(({ seed }) => lasso({ alpha: 0.01, seed }));
checkSamePredictions("lasso", lasso);
