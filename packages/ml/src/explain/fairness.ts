/** How a positive prediction and its errors fall on one group. */
export interface GroupRates {
  readonly rows: number;
  /** Share that is predicted to be positive. */
  readonly selection: number;
  /** Share of the positive that is found; NaN without any. */
  readonly truePositive: number;
  /** Share of the negative that is taken for positive; NaN without any. */
  readonly falsePositive: number;
  readonly accuracy: number;
  /** Share of the positive predictions that is right; NaN without any. */
  readonly precision: number;
}

/** Rates by group, and how far apart the groups lie. */
export interface Fairness {
  readonly groups: Readonly<Record<string, GroupRates>>;
  /** Largest less smallest selection rate (demographic parity). */
  readonly selectionDifference: number;
  /** Smallest selection rate over the largest; below 0.8 is often held to be unfair. */
  readonly selectionRatio: number;
  /** The larger of the differences of true and false positive rates (equalized odds). */
  readonly oddsDifference: number;
  /** Difference of true positive rates (equal opportunity). */
  readonly opportunityDifference: number;
}

/**
 * Compares predictions between groups, such as those of a protected attribute.
 *
 * @see Hardt et al. 2016, "Equality of opportunity in supervised learning"
 */
export function fairness(
  truth: readonly string[],
  predicted: readonly string[],
  groups: readonly string[],
  positive: string,
): Fairness {
  const byGroup = [...Map.groupBy(groups.keys(), (row) => groups[row]!)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rates = byGroup.map(([group, rows]): readonly [string, GroupRates] => {
    const of = (keep: (row: number) => boolean, among: readonly number[]) => among.filter(keep).length / among.length;
    const isSelected = (row: number) => predicted[row] === positive;
    const isPositive = (row: number) => truth[row] === positive;
    return [
      group,
      {
        rows: rows.length,
        selection: of(isSelected, rows),
        truePositive: of(isSelected, rows.filter(isPositive)),
        falsePositive: of(
          isSelected,
          rows.filter((row) => !isPositive(row)),
        ),
        accuracy: of((row) => truth[row] === predicted[row], rows),
        precision: of(isPositive, rows.filter(isSelected)),
      },
    ];
  });
  const range = (of: (rates: GroupRates) => number) => {
    const values = rates.map(([, each]) => of(each)).filter((value) => !Number.isNaN(value));
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  const difference = (of: (rates: GroupRates) => number) => {
    const { low, high } = range(of);
    return high - low;
  };
  const selection = range((each) => each.selection);
  const opportunityDifference = difference((each) => each.truePositive);
  return {
    groups: Object.fromEntries(rates),
    selectionDifference: selection.high - selection.low,
    selectionRatio: selection.high === 0 ? 1 : selection.low / selection.high,
    oddsDifference: Math.max(
      opportunityDifference,
      difference((each) => each.falsePositive),
    ),
    opportunityDifference,
  };
}
