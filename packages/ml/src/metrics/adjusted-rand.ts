import { confusionMatrix } from "./confusion-matrix.ts";

const pairs = (count: number): number => (count * (count - 1)) / 2;

/**
 * Share of pairs that two clusterings treat alike, beyond chance: 1 where they are equal up to names.
 *
 * @see Hubert and Arabie 1985, "Comparing partitions", https://doi.org/10.1007/BF01908075
 */
export function adjustedRand(first: readonly string[], second: readonly string[]): number {
  const { labels, counts } = confusionMatrix(first, second);
  let [together, inFirst, inSecond] = [0, 0, 0];
  for (const k of labels.keys()) {
    for (const count of counts[k]!) together += pairs(count);
    inFirst += pairs(counts[k]!.reduce((a, b) => a + b));
    inSecond += pairs(counts.reduce((sum, row) => sum + row[k]!, 0));
  }
  const byChance = (inFirst * inSecond) / Math.max(1, pairs(first.length));
  const most = (inFirst + inSecond) / 2;
  return most === byChance ? 1 : (together - byChance) / (most - byChance);
}
