import { countPieces, mostFrequent } from "./count-pieces.ts";
import { learnMerges } from "./learn-merges.ts";
import { specialTokens, type TokenizerFile, wordPieceFile } from "./tokenizer-file.ts";
import type { TrainTokenizerOptions } from "./train-bpe.ts";

/** How a WordPiece tokenizer is trained. */
export interface TrainWordPieceOptions extends TrainTokenizerOptions {
  /** True by default. */
  readonly lowercase?: boolean;
}

/**
 * Learns pieces of words as BERT reads them: those inside a word begin with `##`, and a Chinese character is a word.
 *
 * @see Wu et al. 2016, https://arxiv.org/abs/1609.08144
 */
export function trainWordPiece(
  texts: Iterable<string>,
  { vocabularySize, minCount = 2, lowercase = true, ...work }: TrainWordPieceOptions,
): TokenizerFile {
  const words = Array.from(countPieces(texts, wordPieceFile([], lowercase)), ([word, count]) => ({
    symbols: Array.from(word, (letter, i) => (i === 0 ? letter : `##${letter}`)),
    count,
  }));
  const letters = new Map<string, number>();
  for (const { symbols, count } of words)
    for (const symbol of symbols) letters.set(symbol, (letters.get(symbol) ?? 0) + count);
  const size = vocabularySize - specialTokens.length;
  const known = new Set(mostFrequent(letters, minCount, size));
  const { symbols } = learnMerges(
    [...known].sort(),
    // A word with an unknown letter is unknown as a whole, and says nothing of pairs.
    words.filter((word) => word.symbols.every((symbol) => known.has(symbol))),
    { size, minCount, join: (left, right) => left + right.slice(2), ...work },
  );
  return wordPieceFile(symbols, lowercase);
}
