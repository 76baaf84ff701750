import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { truncatedSvd } from "./truncated-svd.ts";

checkTransformer(truncatedSvd);
checkSameFeatures("truncatedSvd", truncatedSvd);
