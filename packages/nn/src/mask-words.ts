import { Random, Tensor } from "@athanor/core";

/** How words are hidden. */
export interface MaskWordsOptions {
  readonly vocabulary: number;
  /** The word that stands for a hidden one. */
  readonly mask: number;
  /** How many words of each text are real. */
  readonly lengths: Tensor;
  /** Share of words to guess. */
  readonly rate?: number;
  readonly seed: number;
}

/** What does not have to be guessed has this label: for the loss's `ignoreIndex`. */
export const notMasked = -100;

/**
 * Hides words for an encoder to guess: of those, eight in ten are the mask, one is another word, one stays.
 *
 * @param words int64 `[texts, tokens]`
 * @returns texts with hidden words, and what they were, both int64 `[texts, tokens]`
 * @see Devlin et al. 2018, https://arxiv.org/abs/1810.04805
 */
export function maskWords(
  words: Tensor,
  { vocabulary, mask, lengths, rate = 0.15, seed }: MaskWordsOptions,
): { readonly words: Tensor; readonly labels: Tensor } {
  const random = Random.from(seed);
  const [texts, tokens] = words.shape as [number, number];
  const hidden = BigInt64Array.from(words.data as BigInt64Array);
  const labels = new BigInt64Array(hidden.length).fill(BigInt(notMasked));
  for (let text = 0; text < texts; text++) {
    for (let i = text * tokens; i < text * tokens + Number(lengths.data[text]); i++) {
      if (random.uniform() >= rate) continue;
      labels[i] = hidden[i]!;
      const way = random.uniform();
      if (way < 0.8) hidden[i] = BigInt(mask);
      else if (way < 0.9) hidden[i] = BigInt(random.integer(vocabulary));
    }
  }
  return { words: new Tensor("int64", hidden, words.shape), labels: new Tensor("int64", labels, words.shape) };
}
