import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { bernoulliNaiveBayes } from "./bernoulli-naive-bayes.ts";

checkEstimator(({ seed }) => bernoulliNaiveBayes({ binarize: 9, seed }), { counts: true });
checkSamePredictions("bernoulliNaiveBayes", bernoulliNaiveBayes);
