import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { varianceThreshold } from "./variance-threshold.ts";

checkTransformer(varianceThreshold);
checkSameFeatures("varianceThreshold", varianceThreshold);
