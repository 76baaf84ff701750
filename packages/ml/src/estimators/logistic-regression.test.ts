import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { logisticRegression } from "./logistic-regression.ts";

checkEstimator(({ seed }) => logisticRegression({ seed }));
checkGolden("logisticRegression");
