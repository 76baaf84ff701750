import { confusionMatrix } from "./confusion-matrix.ts";

/**
 * Agreement beyond chance of two labellings: 1 where they are equal, 0 where chance alone would agree as often.
 *
 * @see Cohen 1960, "A coefficient of agreement for nominal scales", https://doi.org/10.1177/001316446002000104
 */
export function cohenKappa(first: readonly string[], second: readonly string[]): number {
  const { labels, counts } = confusionMatrix(first, second);
  let [agreed, byChance] = [0, 0];
  for (const k of labels.keys()) {
    agreed += counts[k]![k]! / first.length;
    const shares = [counts[k]!.reduce((a, b) => a + b), counts.reduce((sum, row) => sum + row[k]!, 0)];
    byChance += (shares[0]! * shares[1]!) / first.length ** 2;
  }
  return (agreed - byChance) / (1 - byChance);
}
