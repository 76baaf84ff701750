import { countPieces, mostFrequent } from "./count-pieces.ts";
import {
  specialTokens,
  type TokenizerFile,
  type TokenizerPart,
  tokenizerFile,
  wholePieces,
  wordPieceFile,
} from "./tokenizer-file.ts";

/** Which words or characters have a number of their own. */
export interface VocabularyOptions {
  /** Tokens in all, special ones included; no limit by default. */
  readonly vocabularySize?: number;
  /** How often one has to come; 1 by default. */
  readonly minCount?: number;
  /** True by default. */
  readonly lowercase?: boolean;
}

/** Numbers the words of texts, the most frequent first; signs and Chinese characters are words of their own. */
export const wordVocabulary = (texts: Iterable<string>, options: VocabularyOptions = {}): TokenizerFile =>
  numbered(texts, options, ({ lowercase = true }, pieces) => wordPieceFile(pieces, lowercase));

/** Numbers the characters of texts, the most frequent first; white space of any length is one blank. */
export const characterVocabulary = (texts: Iterable<string>, options: VocabularyOptions = {}): TokenizerFile =>
  numbered(texts, options, ({ lowercase = true }, pieces) =>
    tokenizerFile({
      normalizer: {
        type: "Sequence",
        normalizers: [...(lowercase ? [{ type: "Lowercase" }] : []), { type: "NFKC" }, singleBlanks],
      },
      preTokenizer: eachCharacter,
      decoder: { type: "Fuse" },
      encloses: true,
      model: wholePieces(pieces),
    }),
  );

/** What the units of a text are that is tagged unit by unit. */
export interface UnitVocabularyOptions extends VocabularyOptions {
  /** Words between white space, or characters. */
  readonly units: "words" | "characters";
}

/** Numbers the words or characters of texts as they are tagged, nothing put around them; digits of words are alike. */
export const unitVocabulary = (texts: Iterable<string>, options: UnitVocabularyOptions): TokenizerFile =>
  numbered(texts, options, (_, pieces) => {
    const { units, lowercase = true } = options;
    const digits: TokenizerPart = { type: "Replace", pattern: { Regex: "[0-9]" }, content: "0" };
    const split: TokenizerPart = { type: "WhitespaceSplit" };
    const isWords = units === "words";
    return tokenizerFile({
      normalizer: {
        type: "Sequence",
        normalizers: [...(lowercase ? [{ type: "Lowercase" }] : []), ...(isWords ? [digits] : [])],
      },
      preTokenizer: isWords ? split : { type: "Sequence", pretokenizers: [split, eachCharacter] },
      decoder: isWords ? null : { type: "Fuse" },
      encloses: false,
      model: wholePieces(pieces),
    });
  });

const eachCharacter: TokenizerPart = {
  type: "Split",
  pattern: { Regex: "[\\s\\S]" },
  behavior: "Isolated",
  invert: false,
};

const singleBlanks: TokenizerPart = { type: "Replace", pattern: { Regex: "\\s+" }, content: " " };

function numbered(
  texts: Iterable<string>,
  options: VocabularyOptions,
  fileOf: (options: VocabularyOptions, pieces: readonly string[]) => TokenizerFile,
): TokenizerFile {
  const { vocabularySize = Infinity, minCount = 1 } = options;
  const counts = countPieces(texts, fileOf(options, []));
  return fileOf(options, mostFrequent(counts, minCount, vocabularySize - specialTokens.length));
}
