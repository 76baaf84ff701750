import { openSplitter } from "./open-tokenizer.ts";
import type { TokenizerFile } from "./tokenizer-file.ts";

/** How often each part comes that a tokenizer's first stages split texts into. */
export function countPieces(texts: Iterable<string>, file: TokenizerFile): Map<string, number> {
  const split = openSplitter(file);
  const counts = new Map<string, number>();
  for (const text of texts) for (const piece of split(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

/** What comes at least so often, the most frequent first, at most so many; of equal ones the first in code points. */
export const mostFrequent = (counts: ReadonlyMap<string, number>, minCount: number, limit = Infinity): string[] =>
  [...counts]
    .filter(([, count]) => count >= minCount)
    .sort(([a, m], [b, n]) => (m !== n ? n - m : a < b ? -1 : 1))
    .slice(0, limit)
    .map(([piece]) => piece);
