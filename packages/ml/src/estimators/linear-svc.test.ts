import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearSvc } from "./linear-svc.ts";

checkEstimator(({ seed }) => linearSvc({ tol: 1e-8, seed }), { tolerance: 1e-6 });
checkSamePredictions("linearSvc", linearSvc);
