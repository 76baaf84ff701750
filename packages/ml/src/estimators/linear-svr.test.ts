import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearSvr } from "./linear-svr.ts";

checkEstimator(({ seed }) => linearSvr({ seed }));
checkSamePredictions("linearSvr", linearSvr);
