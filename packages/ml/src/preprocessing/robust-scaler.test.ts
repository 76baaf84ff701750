import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { robustScaler } from "./robust-scaler.ts";

checkTransformer(robustScaler);
checkSameFeatures("robustScaler", robustScaler);
