import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { quadraticDiscriminantAnalysis } from "./quadratic-discriminant-analysis.ts";

checkEstimator(({ seed }) => quadraticDiscriminantAnalysis({ seed }));
checkSamePredictions("quadraticDiscriminantAnalysis", quadraticDiscriminantAnalysis);
