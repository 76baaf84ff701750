import { AthanorError, oneOf } from "@athanor/core";
import { type Matrix, takeSamples } from "./matrix.ts";

/** Samples that count, with their targets and by how much. */
export interface Weighed<T> {
  readonly x: Matrix;
  readonly targets: readonly T[];
  readonly weights: Float64Array;
}

/**
 * Leaves out the samples of weight 0; without weights each counts once.
 *
 * @throws `ml/no-weights`, `ml/length-mismatch`, `ml/weights`
 */
export function weighed<T>(
  owner: string,
  x: Matrix,
  targets: ArrayLike<T>,
  weights: ArrayLike<number> | undefined,
  weighs: boolean,
): Weighed<T> {
  const all = Array.from(targets);
  if (weights === undefined) return { x, targets: all, weights: new Float64Array(all.length).fill(1) };
  if (!weighs)
    throw new AthanorError("ml/no-weights", `${owner}: expected samples that count alike, got sampleWeight`, {
      fix: "Leave sampleWeight out, or use an estimator that weighs samples.",
    });
  if (weights.length !== all.length)
    throw new AthanorError(
      "ml/length-mismatch",
      `${owner}: expected one weight a sample, got ${all.length} samples and ${weights.length} weights`,
      { fix: "Give as many weights as samples.", details: { samples: all.length, weights: weights.length } },
    );
  const given = Float64Array.from(weights);
  const broken = given.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (broken >= 0 || given.every((weight) => weight === 0))
    throw new AthanorError(
      "ml/weights",
      `${owner}: expected weights of at least 0 that are not all 0, got ${given[Math.max(0, broken)]} in row ${Math.max(0, broken) + 1}`,
      { fix: "Give how often each sample counts." },
    );
  const kept = Int32Array.from(given.keys()).filter((row) => given[row]! > 0);
  if (kept.length === all.length) return { x, targets: all, weights: given };
  return {
    x: takeSamples(x, kept),
    targets: Array.from(kept, (row) => all[row]!),
    weights: given.filter((weight) => weight > 0),
  };
}

/** What a classifier that can make up for uneven classes is told; its samples are then weighed by it. */
export const classWeightOption = {
  classWeight: oneOf(null, "weigh classes by how rare they are; null for alike", ["balanced"]),
};

/** What a sample of each class counts besides its own weight: the same, or the more the rarer its class is. */
export function classWeightsOf(y: Int32Array, weights: Float64Array, classes: number, choice: unknown): Float64Array {
  if (choice !== "balanced") return new Float64Array(classes).fill(1);
  const sums = new Float64Array(classes);
  for (const [row, k] of y.entries()) sums[k]! += weights[row]!;
  const total = sums.reduce((sum, each) => sum + each, 0);
  return sums.map((sum) => total / (classes * sum));
}

/** Nothing where all samples count once, which some algorithms are faster with. */
export const unevenWeights = (weights: Float64Array): Float64Array | undefined =>
  weights.some((weight) => weight !== 1) ? weights : undefined;
