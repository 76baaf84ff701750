import { checkCounts, classCounts } from "../bayes/class-counts.ts";
import { classMeans } from "../linear/class-means.ts";
import type { Matrix } from "../matrix.ts";
import { columnsOf } from "./columns-of.ts";
import { meanOf } from "./moments.ts";
import { type InformationOptions, informationAboutClass, informationAboutNumber } from "./mutual-information.ts";

/** How much each column tells about the class; more is better. */
type FeatureScore = (x: Matrix, y: Int32Array, classes: number, options: InformationOptions) => Float64Array;

/** Variance between classes over that within them; columns that do not vary score 0. */
const anovaF: FeatureScore = (x, y, classes) => {
  const { rows, means } = classMeans(x, y, classes);
  return Float64Array.from(columnsOf(x), (column, j) => {
    const mean = meanOf(column);
    const between = means.reduce((sum, each, k) => sum + rows[k]! * (each[j]! - mean) ** 2, 0);
    const within = column.reduce((sum, value, row) => sum + (value - means[y[row]!]![j]!) ** 2, 0);
    return between === 0 ? 0 : between / (classes - 1) / (within / (y.length - classes));
  });
};

/** Squared distance of each class's counts from what its share of the rows makes expect. */
const chi2: FeatureScore = (x, y, classes) => {
  checkCounts("chi2", x);
  const features = x.shape[1]!;
  const { sums, rows } = classCounts(x, y, new Float64Array(y.length).fill(1), classes);
  return Float64Array.from(columnsOf(x), (column, j) => {
    const total = column.reduce((a, b) => a + b, 0);
    if (total === 0) return 0;
    return rows.reduce((sum, count, k) => {
      const expected = (total * count) / y.length;
      return sum + (sums[k * features + j]! - expected) ** 2 / expected;
    }, 0);
  });
};

/** Entropy in bits of what the counts are counts of. */
function entropy(counts: Iterable<number>, total: number): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum -= (count / total) * Math.log2(count / total);
  return sum;
}

/** Bits about the class that a column's values give, and the bits that the values have; each distinct value counts as one. */
function information(x: Matrix, y: Int32Array, classes: number): readonly { gain: number; values: number }[] {
  const tally = (rows: readonly number[]) => {
    const counts = new Float64Array(classes);
    for (const row of rows) counts[y[row]!]!++;
    return counts;
  };
  const whole = entropy(tally([...y.keys()]), y.length);
  return columnsOf(x).map((column) => {
    const groups = [...Map.groupBy(column.keys(), (row) => column[row]!).values()];
    const rest = groups.reduce((sum, rows) => sum + (rows.length / y.length) * entropy(tally(rows), rows.length), 0);
    return {
      gain: whole - rest,
      values: entropy(
        groups.map(({ length }) => length),
        y.length,
      ),
    };
  });
}

/** Share of the numbers' variance that a line over the column explains, over the rest; a perfect line scores infinity. */
function lineF(x: Matrix, numbers: Float64Array): Float64Array {
  const mean = meanOf(numbers);
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Float64Array.from(columnsOf(x), (column) => {
    const own = meanOf(column);
    const square = column.reduce((sum, value) => sum + (value - own) ** 2, 0);
    const product = column.reduce((sum, value, row) => sum + (value - own) * (numbers[row]! - mean), 0);
    if (square === 0 || variance === 0) return 0;
    const share = product ** 2 / (square * variance);
    return share >= 1 ? Number.POSITIVE_INFINITY : (share / (1 - share)) * (numbers.length - 2);
  });
}

/** Scores of columns by numbers that are to be predicted. */
export const numberScores = { anovaF: lineF, mutualInformation: informationAboutNumber };

export const featureScores = {
  anovaF,
  chi2,
  mutualInformation: (x, y, _, options) => informationAboutClass(x, y, options),
  /** @see Quinlan 1986, "Induction of decision trees", https://doi.org/10.1007/BF00116251 */
  informationGain: (x, y, classes) => Float64Array.from(information(x, y, classes), ({ gain }) => gain),
  gainRatio: (x, y, classes) =>
    Float64Array.from(information(x, y, classes), ({ gain, values }) => (values === 0 ? 0 : gain / values)),
} satisfies Record<string, FeatureScore>;
