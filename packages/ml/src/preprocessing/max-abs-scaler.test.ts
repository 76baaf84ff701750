import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { maxAbsScaler } from "./max-abs-scaler.ts";

checkTransformer(maxAbsScaler);
checkSameFeatures("maxAbsScaler", maxAbsScaler);
