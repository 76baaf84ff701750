import type { LongWork } from "@athanor/core";
import { countPieces } from "./count-pieces.ts";
import { learnMerges } from "./learn-merges.ts";
import { specialTokens, type TokenizerFile, tokenizerFile } from "./tokenizer-file.ts";

/** How many tokens a trained tokenizer has. */
export interface TrainTokenizerOptions extends LongWork {
  /** Tokens in all, special ones and the alphabet included. */
  readonly vocabularySize: number;
  /** How often neighbours have to come to become one token; 2 by default. */
  readonly minCount?: number;
}

/**
 * Learns byte pairs: every text has tokens, in any language, and none is unknown.
 *
 * @see Radford et al. 2019, "Language models are unsupervised multitask learners"
 */
export function trainBpe(
  texts: Iterable<string>,
  { vocabularySize, minCount = 2, ...work }: TrainTokenizerOptions,
): TokenizerFile {
  const empty = bytePairs({}, []);
  const words = Array.from(countPieces(texts, empty), ([word, count]) => ({ symbols: [...word], count }));
  const { symbols, merges } = learnMerges(byteAlphabet(), words, {
    size: vocabularySize - specialTokens.length,
    minCount,
    join: (left, right) => left + right,
    ...work,
  });
  const vocabulary = [...specialTokens, ...symbols].map((symbol, id) => [symbol, id] as const);
  return bytePairs(Object.fromEntries(vocabulary), merges);
}

const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true };

const bytePairs = (vocab: Readonly<Record<string, number>>, merges: readonly (readonly [string, string])[]) =>
  tokenizerFile({
    normalizer: null,
    preTokenizer: byteLevel,
    decoder: byteLevel,
    encloses: false,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  });

/** The 256 letters that bytes are written as: printable ones as they are, the others moved behind U+0100. */
function byteAlphabet(): string[] {
  const isPrintable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let moved = 256;
  const letters = Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : moved++));
  return letters.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
}
