import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { decisionTreeClassifier } from "./decision-tree-classifier.ts";

checkEstimator(({ seed }) => decisionTreeClassifier({ seed }));
checkGolden("decisionTreeClassifier");
