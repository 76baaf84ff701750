import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions, singlePrecision } from "../testing/check-same-predictions.ts";
import { svr } from "./svr.ts";

checkEstimator(({ seed }) => svr({ gamma: 0.3, tol: 1e-6, seed }), { tolerance: 1e-4 });
checkSamePredictions("svr", svr, singlePrecision);
