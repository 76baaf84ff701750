import { checkEstimator } from "../testing/check-estimator.ts";
import { checkGolden } from "../testing/check-golden.ts";
import { extraTreesClassifier } from "./extra-trees-classifier.ts";

checkEstimator(({ seed }) => extraTreesClassifier({ nTrees: 20, seed }));
checkGolden("extraTreesClassifier");
