import { checkEstimator } from "../testing/check-estimator.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { linearDiscriminantAnalysis } from "./linear-discriminant-analysis.ts";

checkEstimator(({ seed }) => linearDiscriminantAnalysis({ seed }));
checkSamePredictions("linearDiscriminantAnalysis", linearDiscriminantAnalysis);
