import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { dummyClassifier } from "./dummy-classifier.ts";

checkEstimator(({ seed }) => dummyClassifier({ seed }), { guesses: true });
checkSamePredictions("dummyClassifier", dummyClassifier);
