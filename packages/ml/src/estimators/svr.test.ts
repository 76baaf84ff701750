import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions, singlePrecision } from "../testing/check-same-predictions.ts";
import { svr } from "./svr.ts";

checkEstimator(({ seed }) => svr({ seed }));
checkSamePredictions("svr", svr, singlePrecision);
