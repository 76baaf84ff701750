import { defineOp, int, optional, string } from "../define-op.ts";

export const stringNormalizer = defineOp({
  name: "StringNormalizer",
  attributes: {
    case_change_action: string<"NONE" | "LOWER" | "UPPER">("NONE"),
    is_case_sensitive: int(0),
    locale: optional.string,
    stopwords: optional.strings,
  },
  inputs: [1, 1],
  infer({ inputs: [x], attributes: { stopwords } }) {
    if (x!.shape === undefined || !stopwords?.length) return [x!];
    return [{ dtype: "string", shape: x!.shape.with(-1, "words") }];
  },
});
