import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { ridge } from "./ridge.ts";

checkEstimator(({ seed }) => ridge({ seed }));
checkSamePredictions("ridge", ridge);
