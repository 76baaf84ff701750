import { pauses, Tensor } from "@athanor/core";
import type { Model } from "../task/define-task.ts";
import { type Span, spansOf } from "./spans.ts";
import { taggerInput, taggerInputs } from "./tag-batches.ts";
import { tokenizerOf } from "./tokenizer-of.ts";
import { numberLetters } from "./word-features.ts";

const batchSize = 32;

/** Finds the spans of texts, those of like length together. */
export async function runTagger(
  model: Model,
  texts: readonly (readonly string[])[],
  signal?: AbortSignal,
): Promise<readonly (readonly Span[])[]> {
  const { labels, details } = model.card;
  const letters = details.letters as readonly string[] | undefined;
  const reading = { tokenizer: tokenizerOf(model), letters: letters && numberLetters(letters) };
  const pause = pauses({ signal });
  const spans: (readonly Span[])[] = texts.map(() => []);
  const order = [...texts.keys()].filter((row) => texts[row]!.length > 0);
  order.sort((a, b) => texts[a]!.length - texts[b]!.length);
  for (let start = 0; start < order.length; start += batchSize) {
    await pause();
    const rows = order.slice(start, start + batchSize);
    const { words, ...rest } = taggerInputs(rows.map((row) => taggerInput(texts[row]!, reading)));
    const mask = new Tensor(
      "int64",
      words!.data.map((id) => (id === 0n ? 0n : 1n)),
      words!.shape,
    );
    const { tags } = await model.session.run({ input_ids: words!, attention_mask: mask, ...rest }, { signal });
    const length = tags!.shape[1]!;
    for (const [i, row] of rows.entries()) {
      const own = texts[row]!.map((_, k) => labels![Number(tags!.data[i * length + k])]!);
      spans[row] = spansOf(own);
    }
  }
  return spans;
}
