import { Tensor } from "@athanor/core";
import type { Model } from "../task/define-task.ts";
import { encodeTexts } from "./encode-texts.ts";
import { padded } from "./text-batches.ts";
import { tokenizerOf } from "./tokenizer-of.ts";

type Outputs = Readonly<Record<string, Tensor>>;

const batchSize = 64;

/** Runs a model over texts, those of like length together; `use` gets the outputs of each batch, and which texts it was of. */
export async function runTexts(
  model: Model,
  texts: readonly string[],
  signal: AbortSignal | undefined,
  use: (outputs: Outputs, rows: readonly number[]) => void,
): Promise<void> {
  const ids = await encodeTexts(tokenizerOf(model), texts, model.card.details.maxLength as number, signal);
  const order = [...ids.keys()].sort((a, b) => ids[a]!.length - ids[b]!.length);
  for (let start = 0; start < order.length; start += batchSize) {
    const rows = order.slice(start, start + batchSize);
    const batch = padded(rows.map((row) => ids[row]!));
    const mask = new Tensor(
      "int64",
      batch.data.map((id) => (id === 0n ? 0n : 1n)),
      batch.shape,
    );
    use(await model.session.run({ input_ids: batch, attention_mask: mask }, { signal }), rows);
  }
}
