import { AthanorError } from "@athanor/core";
import { openTokenizer, type Tokenizer, type TokenizerFile } from "@athanor/text";
import type { Model } from "../task/define-task.ts";

/** Where a model's file keeps its `tokenizer.json`. */
export const tokenizerKey = "athanor.tokenizer";

const opened = new WeakMap<Model, Tokenizer>();

/**
 * The tokenizer that a model was trained with.
 *
 * @throws `predict/tokenizer` for a file that has none
 */
export function tokenizerOf(model: Model): Tokenizer {
  const known = opened.get(model);
  if (known) return known;
  const text = model.metadata?.[tokenizerKey];
  if (text === undefined) {
    throw new AthanorError(
      "predict/tokenizer",
      `Predict: expected a file with ${tokenizerKey} in its metadata, got none`,
      {
        fix: "Use the file that learning registered, whose metadata nothing has removed.",
      },
    );
  }
  const tokenizer = openTokenizer(JSON.parse(text) as TokenizerFile);
  opened.set(model, tokenizer);
  return tokenizer;
}
