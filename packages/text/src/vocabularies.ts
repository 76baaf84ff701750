import { countPieces, mostFrequent } from "./count-pieces.ts";
import {
  plainWords,
  specialTokens,
  type TokenizerFile,
  type TokenizerPart,
  tokenizerFile,
  wholePieces,
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
  numbered(texts, options, ({ lowercase = true }, pieces) =>
    tokenizerFile({
      normalizer: plainWords(lowercase),
      preTokenizer: { type: "BertPreTokenizer" },
      decoder: { type: "WordPiece", prefix: "##", cleanup: true },
      encloses: true,
      model: wholePieces(pieces),
    }),
  );

/** Numbers the characters of texts, the most frequent first; white space of any length is one blank. */
export const characterVocabulary = (texts: Iterable<string>, options: VocabularyOptions = {}): TokenizerFile =>
  numbered(texts, options, ({ lowercase = true }, pieces) =>
    tokenizerFile({
      normalizer: {
        type: "Sequence",
        normalizers: [...(lowercase ? [{ type: "Lowercase" }] : []), { type: "NFKC" }, singleBlanks],
      },
      preTokenizer: { type: "Split", pattern: { Regex: "[\\s\\S]" }, behavior: "Isolated", invert: false },
      decoder: { type: "Fuse" },
      encloses: true,
      model: wholePieces(pieces),
    }),
  );

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
