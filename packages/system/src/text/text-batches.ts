import { type Random, Tensor } from "@athanor/core";
import type { BatchSource } from "@athanor/nn";
import { special } from "@athanor/text";
import { paddedLength } from "./padded-length.ts";

/** Texts as numbers of tokens, with the class of each. */
export interface EncodedTexts {
  readonly ids: readonly (readonly number[])[];
  readonly classes: readonly number[];
}

/** What training changes in texts. */
export interface TextAugmentation {
  /** Share of tokens that become unknown. */
  readonly wordDropout: number;
  /** Share of tokens with others that mean the same which become one of those. */
  readonly synonymShare: number;
  readonly synonyms: ReadonlyMap<number, readonly number[]>;
}

/** Texts for a network to learn from, padded to the longest of a batch; changed when an augmentation is given. */
export const textBatches = ({ ids, classes }: EncodedTexts, augmentation?: TextAugmentation): BatchSource => ({
  count: ids.length,
  targets: { dtype: "int64", shape: [] },
  async take(rows, random) {
    const texts = Array.from(rows, (row) => {
      const text = ids[row]!;
      return augmentation ? text.map((id) => changed(id, augmentation, random)) : text;
    });
    return {
      x: padded(texts),
      y: new Tensor(
        "int64",
        BigInt64Array.from(rows, (row) => BigInt(classes[row]!)),
        [rows.length],
      ),
    };
  },
});

/** Texts side by side, those that end earlier filled up: int64 `[texts, tokens]`. */
export function padded(texts: readonly (readonly number[])[]): Tensor<"int64"> {
  const length = paddedLength(texts.reduce((longest, text) => Math.max(longest, text.length), 1));
  const data = new BigInt64Array(texts.length * length);
  for (const [i, text] of texts.entries()) for (const [k, id] of text.entries()) data[i * length + k] = BigInt(id);
  return new Tensor("int64", data, [texts.length, length]);
}

function changed(id: number, { wordDropout, synonymShare, synonyms }: TextAugmentation, random: Random): number {
  if (id <= special.mask) return id;
  if (wordDropout > 0 && random.uniform() < wordDropout) return special.unknown;
  const others = synonyms.get(id);
  return others && random.uniform() < synonymShare ? random.choice(others) : id;
}
