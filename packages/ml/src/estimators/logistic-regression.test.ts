import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { checkSamePredictions } from "../testing/check-same-predictions.ts";
import { logisticRegression } from "./logistic-regression.ts";

checkEstimator(({ seed }) => logisticRegression({ seed }));
checkEstimator(({ seed }) => logisticRegression({ seed, penalty: "l1", c: 3 }));
checkGolden("logisticRegression");
checkSamePredictions("logisticRegression", logisticRegression);
