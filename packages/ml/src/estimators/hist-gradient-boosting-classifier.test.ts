import { checkEstimator } from "../testing/check-estimator.ts";
import { histGradientBoostingClassifier } from "./hist-gradient-boosting-classifier.ts";

checkEstimator(({ seed }) => histGradientBoostingClassifier({ maxIter: 10, minSamplesLeaf: 1, seed }), {
  tolerance: 1e-4,
});
