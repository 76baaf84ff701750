/** What was said and what was in one bin of probabilities. */
export interface CalibrationPoint {
  /** Mean probability given. */
  readonly predicted: number;
  /** Share that was positive. */
  readonly observed: number;
  readonly count: number;
}

/** Compares probabilities with shares in bins of equal width; empty bins are left out. */
export function calibrationCurve(
  isPositive: readonly boolean[],
  probabilities: ArrayLike<number>,
  bins = 5,
): readonly CalibrationPoint[] {
  const members = Map.groupBy(isPositive.keys(), (row) => {
    const bin = Math.ceil(probabilities[row]! * bins) - 1;
    return Math.min(bins - 1, Math.max(0, bin));
  });
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => ({
      predicted: rows.reduce((sum, row) => sum + probabilities[row]!, 0) / rows.length,
      observed: rows.filter((row) => isPositive[row]).length / rows.length,
      count: rows.length,
    }));
}
