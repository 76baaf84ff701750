import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { minMaxScaler } from "./min-max-scaler.ts";

checkTransformer(minMaxScaler);
checkSameFeatures("minMaxScaler", minMaxScaler);
