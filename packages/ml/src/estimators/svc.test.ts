import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions, singlePrecision } from "../testing/check-same-predictions.ts";
import { svc } from "./svc.ts";

checkEstimator(({ seed }) => svc({ seed }));
checkEstimator(({ seed }) => svc({ kernel: "poly", coef0: 1, seed }));
checkEstimator(({ seed }) => svc({ probability: true, classWeight: "balanced", seed }));
checkSamePredictions("svc", svc, singlePrecision);
