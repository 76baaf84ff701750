import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { kBinsDiscretizer } from "./k-bins-discretizer.ts";

checkTransformer(kBinsDiscretizer);
checkSameFeatures("kBinsDiscretizer", kBinsDiscretizer);
