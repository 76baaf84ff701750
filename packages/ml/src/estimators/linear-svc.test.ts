import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearSvc } from "./linear-svc.ts";

checkEstimator(({ seed }) => linearSvc({ seed }));
checkSamePredictions("linearSvc", linearSvc);
