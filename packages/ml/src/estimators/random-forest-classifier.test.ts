import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { randomForestClassifier } from "./random-forest-classifier.ts";

checkEstimator(({ seed }) => randomForestClassifier({ nTrees: 10, seed }), { countsRows: true });
checkGolden("randomForestClassifier");
