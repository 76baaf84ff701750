import { AthanorError } from "@athanor/core";
import { binomialTail, normalTail, studentTail } from "./tails.ts";

/** How likely a difference as large is by chance alone, when there is none. */
export interface PairedTest {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Whether two classifiers err differently on the same rows: exact from the rows on which only one is right.
 *
 * @see McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages"
 */
export function mcNemarTest(
  truth: readonly string[],
  first: readonly string[],
  second: readonly string[],
): PairedTest & { readonly onlyFirst: number; readonly onlySecond: number } {
  const only = (own: readonly string[], other: readonly string[]) =>
    truth.filter((label, row) => own[row] === label && other[row] !== label).length;
  const [onlyFirst, onlySecond] = [only(first, second), only(second, first)];
  const fewer = Math.min(onlyFirst, onlySecond);
  return {
    statistic: fewer,
    pValue: Math.min(1, 2 * binomialTail(fewer, onlyFirst + onlySecond)),
    onlyFirst,
    onlySecond,
  };
}

/**
 * Whether scores on the same folds differ, by Student's t.
 *
 * `testShare` is that of the rows which a fold holds back: it corrects for folds that share what they learn from.
 *
 * @throws `ml/length-mismatch`
 * @see Nadeau and Bengio 2003, "Inference for the generalization error"
 */
export function pairedTTest(first: readonly number[], second: readonly number[], testShare?: number): PairedTest {
  const differences = differencesOf(first, second);
  const count = differences.length;
  const mean = differences.reduce((a, b) => a + b, 0) / count;
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (count - 1);
  const spread = variance * (1 / count + (testShare === undefined ? 0 : testShare / (1 - testShare)));
  if (spread === 0)
    return { statistic: mean === 0 ? 0 : Math.sign(mean) * Number.POSITIVE_INFINITY, pValue: mean === 0 ? 1 : 0 };
  const statistic = mean / Math.sqrt(spread);
  return { statistic, pValue: 2 * studentTail(Math.abs(statistic), count - 1) };
}

/**
 * Whether scores on the same folds or data sets differ, by the ranks of their differences; normal approximation with ties.
 *
 * @throws `ml/length-mismatch`
 * @see Demšar 2006, "Statistical comparisons of classifiers over multiple data sets"
 */
export function wilcoxonTest(first: readonly number[], second: readonly number[]): PairedTest {
  const differences = differencesOf(first, second).filter((each) => each !== 0);
  const count = differences.length;
  if (count === 0) return { statistic: 0, pValue: 1 };
  const sizes = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  let [up, down, ties] = [0, 0, 0];
  for (let from = 0; from < count; ) {
    let to = from;
    while (to < count && Math.abs(sizes[to]!) === Math.abs(sizes[from]!)) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) {
      if (sizes[i]! > 0) up += rank;
      else down += rank;
    }
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const statistic = Math.min(up, down);
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24 - ties / 48);
  const z = (statistic - (count * (count + 1)) / 4) / deviation;
  return { statistic, pValue: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

function differencesOf(first: readonly number[], second: readonly number[]): readonly number[] {
  if (first.length === second.length && first.length > 1) return first.map((value, i) => value - second[i]!);
  throw new AthanorError(
    "ml/length-mismatch",
    `Paired test: expected as many scores of both, at least two, got ${first.length} and ${second.length}`,
    { fix: "Give both scores of each fold." },
  );
}
