import { softmaxRows } from "../linear/softmax-rows.ts";
import type { Matrix } from "../matrix.ts";
import { compareSamples } from "./compare-samples.ts";
import { classPairs, coupled } from "./couple.ts";
import { probability, type Sigmoid } from "./platt.ts";
import type { Similarity } from "./similarity.ts";

/** Samples that separate each pair of classes, laid out as LIBSVM and ONNX do. */
export interface SvcState {
  /** `[vectors, features]`, class by class. */
  readonly vectors: Float32Array;
  /** By class: its vectors. */
  readonly perClass: Int32Array;
  /** `[classes − 1, vectors]`: against each of the other classes, in their order. */
  readonly coefficients: Float64Array;
  /** By pair. */
  readonly intercepts: Float64Array;
  readonly similarity: Similarity;
  /** By pair, or none: what makes probabilities of its values. */
  readonly sigmoids: readonly Sigmoid[];
}

/** Calls back for each sample with the value of each pair of classes; the array is used again. */
export function decide(
  x: Matrix,
  { vectors, perClass, coefficients, intercepts, similarity }: SvcState,
  each: (row: number, values: Float64Array) => void,
): void {
  const classes = perClass.length;
  const pairs = classPairs(classes);
  const count = coefficients.length / (classes - 1);
  const values = new Float64Array(pairs.length);
  const sums = new Float64Array(classes * (classes - 1));
  compareSamples(x, vectors, similarity, (row, likeness) => {
    for (let k = 0, start = 0; k < classes; start += perClass[k++]!) {
      for (let other = 0; other < classes - 1; other++) {
        let sum = 0;
        for (let i = start; i < start + perClass[k]!; i++) sum += coefficients[other * count + i]! * likeness[i]!;
        sums[k * (classes - 1) + other] = sum;
      }
    }
    for (const [i, [a, b]] of pairs.entries())
      values[i] = sums[a * (classes - 1) + b - 1]! + sums[b * (classes - 1) + a]! + intercepts[i]!;
    each(row, values);
  });
}

/** `[samples, classes]`: calibrated where the state says how, and otherwise the softmax of `voteScores`. */
export function svcProbabilities(x: Matrix, state: SvcState, classes: number): Float64Array {
  const out = new Float64Array(x.shape[0]! * classes);
  const { sigmoids } = state;
  const pairs = classPairs(classes);
  decide(x, state, (row, values) => {
    const own = sigmoids.length
      ? coupled(
          values.map((value, i) => probability(sigmoids[i]!, value)),
          classes,
        )
      : voteScores(values, classes, pairs);
    out.set(own, row * classes);
  });
  return sigmoids.length ? out : softmaxRows(out, classes);
}

/** How far all of a class's values may move its score: too little to outdo a vote. */
export const confidenceShare = 1 / 3;

/** Votes of the pairs and, to tell equal ones apart, a share of a vote for the sum of a class's values; of two classes, the value. */
function voteScores(
  values: Float64Array,
  classes: number,
  pairs: readonly (readonly [number, number])[],
): Float64Array {
  if (classes === 2) return Float64Array.of(values[0]!, 0);
  const scores = new Float64Array(classes);
  const sums = new Float64Array(classes);
  for (const [i, [a, b]] of pairs.entries()) {
    scores[values[i]! > 0 ? a : b]!++;
    sums[a]! += values[i]!;
    sums[b]! -= values[i]!;
  }
  return scores.map((votes, k) => votes + (confidenceShare * sums[k]!) / (1 + Math.abs(sums[k]!)));
}
