import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearSvr } from "./linear-svr.ts";

checkEstimator(({ seed }) => linearSvr({ tol: 1e-8, maxIter: 100_000, seed }), { tolerance: 1e-6 });
checkSamePredictions("linearSvr", linearSvr);
