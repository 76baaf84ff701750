import type { Matrix } from "../matrix.ts";

/** The rows that a tree is grown on, each value replaced by its place among the distinct values of its feature. */
export interface Training {
  readonly samples: number;
  readonly y: Int32Array;
  readonly classes: number;
  /** Distinct values by feature, rising. */
  readonly values: readonly Float32Array[];
  /** By feature and row; -1 where the value is missing. */
  readonly places: readonly Int32Array[];
  /** By feature: whether the values are names, each of which gets a branch of its own. */
  readonly isCategorical: readonly boolean[];
}

/** Rows that have reached a node, each with the weight that it has there. */
export interface Cases {
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/** What a node asks: the category of a feature, or with `cut` whether its value's place is at most that. */
export interface Question {
  readonly feature: number;
  /** -1 for categories. */
  readonly cut: number;
}

/** A node while the tree grows; without a question it is a leaf. */
export interface Grown {
  /** Weight of each class. */
  counts: Float64Array;
  split: (Question & { readonly children: readonly Grown[]; shares: Float64Array }) | undefined;
}

export function trainingOf(
  { data, shape: [samples = 0, features = 0] }: Matrix,
  y: Int32Array,
  classes: number,
  categorical: readonly number[],
): Training {
  const values = Array.from({ length: features }, (_, j) => {
    const column = Float32Array.from({ length: samples }, (_, row) => data[row * features + j]!);
    const known = column.filter((value) => !Number.isNaN(value)).sort();
    return known.filter((value, i) => i === 0 || value !== known[i - 1]);
  });
  return {
    samples,
    y,
    classes,
    values,
    places: values.map((sorted, j) =>
      Int32Array.from({ length: samples }, (_, row) => {
        const value = data[row * features + j]!;
        return Number.isNaN(value) ? -1 : placeBelow(sorted, value);
      }),
    ),
    isCategorical: values.map((_, j) => categorical.includes(j)),
  };
}

/** The place of the largest value that is at most a limit; -1 if there is none. */
export function placeBelow(sorted: Float32Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function countsOf({ y, classes }: Training, { rows, weights }: Cases): Float64Array {
  const counts = new Float64Array(classes);
  for (let i = 0; i < rows.length; i++) counts[y[rows[i]!]!]! += weights[i]!;
  return counts;
}

export const sumOf = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
};

/** Shares of the branches among the cases whose answer is known. */
export function branchShares(training: Training, cases: Cases, question: Question, branches: number): Float64Array {
  const shares = new Float64Array(branches);
  for (let i = 0; i < cases.rows.length; i++) {
    const branch = branchOf(training, question, cases.rows[i]!);
    if (branch >= 0) shares[branch]! += cases.weights[i]!;
  }
  const known = sumOf(shares);
  return known > 0 ? shares.map((share) => share / known) : shares.fill(1 / branches);
}

/** Sends cases down their branches; one whose answer is missing goes down all, in fractions. */
export function partition(training: Training, cases: Cases, question: Question, shares: Float64Array): Cases[] {
  const rows: number[][] = Array.from(shares, () => []);
  const weights: number[][] = Array.from(shares, () => []);
  const send = (branch: number, row: number, weight: number) => {
    rows[branch]!.push(row);
    weights[branch]!.push(weight);
  };
  for (let i = 0; i < cases.rows.length; i++) {
    const [row, weight] = [cases.rows[i]!, cases.weights[i]!];
    const branch = branchOf(training, question, row);
    if (branch >= 0) send(branch, row, weight);
    else
      for (let each = 0; each < shares.length; each++) if (shares[each]! > 0) send(each, row, weight * shares[each]!);
  }
  return rows.map((own, branch) => ({ rows: Int32Array.from(own), weights: Float64Array.from(weights[branch]!) }));
}

const branchOf = ({ places }: Training, { feature, cut }: Question, row: number): number => {
  const place = places[feature]![row]!;
  if (place < 0 || cut < 0) return place;
  return place <= cut ? 0 : 1;
};
