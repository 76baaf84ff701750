import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearRegression } from "./linear-regression.ts";

checkEstimator(({ seed }) => linearRegression({ seed }));
checkSamePredictions("linearRegression", linearRegression);
