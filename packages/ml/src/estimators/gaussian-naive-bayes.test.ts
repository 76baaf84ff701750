import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";

checkEstimator(({ seed }) => gaussianNaiveBayes({ seed }));
checkSamePredictions("gaussianNaiveBayes", gaussianNaiveBayes);
