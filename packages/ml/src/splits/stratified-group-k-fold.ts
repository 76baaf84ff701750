import { checkFolds, type Split, splitsOf } from "./split.ts";

/**
 * Splits rows into folds, the rows of a group together, every class spread as evenly as the groups allow.
 *
 * Groups with the most uneven classes go first, each to the fold that leaves the classes most even.
 *
 * @throws `ml/folds` when there are more folds than groups
 */
export function stratifiedGroupKFold(
  labels: readonly string[],
  groups: readonly string[],
  folds: number,
): readonly Split[] {
  const classes = [...new Set(labels)].sort();
  const numbers = new Map(classes.map((label, k) => [label, k]));
  const totals = new Float64Array(classes.length);
  const members = [...Map.groupBy(groups.keys(), (row) => groups[row]!)].map(([name, rows]) => {
    const counts = new Float64Array(classes.length);
    for (const row of rows) counts[numbers.get(labels[row]!)!]!++;
    for (const [k, count] of counts.entries()) totals[k]! += count;
    return { name, rows, counts, spread: deviation(counts) };
  });
  checkFolds("stratifiedGroupKFold", folds, members.length, "groups");
  const inFold = Array.from({ length: folds }, () => new Float64Array(classes.length));
  const fold = new Int32Array(labels.length);
  for (const { rows, counts } of members.sort((a, b) => b.spread - a.spread || (a.name < b.name ? -1 : 1))) {
    const unevenness = inFold.map((_, candidate) => {
      let sum = 0;
      for (const [k, total] of totals.entries())
        sum += deviation(inFold.map((held, i) => (held[k]! + (i === candidate ? counts[k]! : 0)) / total));
      return sum;
    });
    const sizes = inFold.map((held) => held.reduce((a, b) => a + b));
    let best = 0;
    for (let k = 1; k < folds; k++) {
      const difference = unevenness[k]! - unevenness[best]!;
      if (difference < -slack || (difference <= slack && sizes[k]! < sizes[best]!)) best = k;
    }
    for (const row of rows) fold[row] = best;
    for (const [k, count] of counts.entries()) inFold[best]![k]! += count;
  }
  return splitsOf(fold, folds);
}

/** Sums in another order differ by rounding. */
const slack = 1e-12;

function deviation(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
}
