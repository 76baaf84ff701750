import { checkOp } from "../testing/check-op.ts";
import { stringNormalizer } from "./string-normalizer.ts";

const words = { shape: [3], dtype: "string", values: ["The", "Quick", "Fox"] } as const;

checkOp(stringNormalizer, [
  { title: "lower case", inputs: [words], attributes: { locale: "C", case_change_action: "LOWER" } },
  { title: "without stop words", inputs: [words], attributes: { locale: "C", stopwords: ["the"] } },
]);
