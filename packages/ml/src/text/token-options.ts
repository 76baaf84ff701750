import { flag, integer, type OptionValues, oneOf } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** How a vectorizer cuts texts. */
export const tokenOptions = {
  analyzer: oneOf("word", "how texts are cut; characters suit languages without spaces, such as Chinese", [
    "word",
    "char",
  ]),
  ngramMin: integer(1, "tokens of a feature at least", { min: 1, max: 10 }),
  ngramMax: integer(1, "tokens of a feature at most", { min: 1, max: 10 }),
  lowercase: flag(true, "take the letters A to Z for a to z"),
};

/** Others than A to Z stay: the runtime knows their small letters only where the system has a locale for them. */
export const lowered = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Tokens of each text as operators, string `[batch, tokens]`, filled up with empty ones. */
export function tokensToOnnx(
  g: GraphBuilder,
  texts: Value,
  { analyzer, lowercase }: Pick<OptionValues<typeof tokenOptions>, "analyzer" | "lowercase">,
): Value {
  const text = lowercase ? g.op("StringNormalizer", [texts], { case_change_action: "LOWER", locale: "C" }) : texts;
  const cut =
    analyzer === "word" ? { tokenexp: "[\\p{L}\\p{N}_]+", mincharnum: 2 } : { tokenexp: "\\S", mincharnum: 1 };
  return g.op("Tokenizer", [text], { mark: 0, pad_value: "", ...cut }, { domain: "com.microsoft" });
}
