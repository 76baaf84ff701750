import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { pca } from "./pca.ts";

checkTransformer(pca);
checkSameFeatures("pca", pca);
