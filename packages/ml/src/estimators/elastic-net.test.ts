import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { elasticNet } from "./elastic-net.ts";

checkEstimator(({ seed }) => elasticNet({ alpha: 0.01, seed }));
checkSamePredictions("elasticNet", elasticNet);
