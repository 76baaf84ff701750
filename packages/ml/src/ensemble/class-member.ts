import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { batchOnes } from "../batch-ones.ts";
import type { ClassifierEstimator, FitWork } from "../define-classifier.ts";
import type { Matrix } from "../matrix.ts";

/** A fitted classifier of an ensemble, as plain data. */
export interface ClassMember {
  /** Of the classifier; null where it has seen one class only, which is its answer then. */
  readonly state: unknown;
  /** Numbers of the classes that it has seen, rising. */
  readonly seen: readonly number[];
  readonly features: number;
}

/** What a member is fitted on. */
export interface ClassSamples {
  readonly x: Matrix;
  readonly y: ArrayLike<number>;
  readonly weights: Float64Array;
}

/** Labels in the order of the classes' numbers. */
const labelOf = (k: number): string => String(k).padStart(6, "0");

export async function fitClassMember(
  estimator: ClassifierEstimator,
  { x, y, weights }: ClassSamples,
  { signal, threads }: FitWork,
): Promise<ClassMember> {
  const seen = [...new Set(Array.from(y))].sort((a, b) => a - b);
  const features = x.shape[1]!;
  if (seen.length === 1) return { state: null, seen, features };
  const sampleWeight = estimator.weighs ? weights : undefined;
  const { state } = await estimator.fit(x, Array.from(y, labelOf), { signal, threads, sampleWeight });
  return { state, seen, features };
}

const restored = (estimator: ClassifierEstimator, { state, seen, features }: ClassMember) =>
  estimator.restore(state, seen.map(labelOf), features);

/** `[samples, classes]`; a class that the member has not seen has probability 0. */
export function memberProbabilities(
  estimator: ClassifierEstimator,
  member: ClassMember,
  x: Matrix,
  classes: number,
): Float64Array {
  const { state, seen } = member;
  const rows = x.shape[0]!;
  const own = state === null ? new Float64Array(rows).fill(1) : restored(estimator, member).predictProbabilities(x);
  if (seen.length === classes) return own;
  const all = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++)
    for (const [i, k] of seen.entries()) all[row * classes + k] = own[row * seen.length + i]!;
  return all;
}

/** The same as operators, float64. */
export function memberProbabilitiesToOnnx(
  estimator: ClassifierEstimator,
  member: ClassMember,
  g: GraphBuilder,
  x: Value,
  classes: number,
): Value {
  const { state, seen } = member;
  const own =
    state === null ? batchOnes(g, x) : g.cast(restored(estimator, member).toOnnx(g, x).probabilities, "float64");
  if (seen.length === classes) return own;
  const places = Float64Array.from({ length: seen.length * classes }, (_, i) =>
    Number(seen[Math.floor(i / classes)] === i % classes),
  );
  return g.matMul(own, g.constant(float64(places, [seen.length, classes])));
}
