import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions, singlePrecision } from "../testing/check-same-predictions.ts";
import { svc } from "./svc.ts";

checkEstimator(({ seed }) => svc({ gamma: 0.3, tol: 1e-6, seed }), { tolerance: 1e-4 });
checkEstimator(({ seed }) => svc({ kernel: "poly", coef0: 1, gamma: 0.3, tol: 1e-6, seed }), { tolerance: 1e-4 });
checkEstimator(({ seed }) => svc({ probability: true, classWeight: "balanced", seed }), { countsRows: true });
checkSamePredictions("svc", svc, singlePrecision);
