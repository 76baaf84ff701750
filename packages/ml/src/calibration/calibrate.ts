import type { GraphBuilder, Value } from "@athanor/onnx";
import { fitSigmoid, probability, type Sigmoid } from "../svm/platt.ts";
import { fitMonotone, type MonotoneCurve, monotoneAt, monotoneToOnnx } from "./isotonic.ts";

/** What makes a probability of a score. */
export type Calibrator = ({ readonly kind: "sigmoid" } & Sigmoid) | ({ readonly kind: "isotonic" } & MonotoneCurve);

/** Scores `[samples, classes]` with what the samples are and count. */
export interface Scored {
  readonly scores: Float64Array;
  readonly y: ArrayLike<number>;
  readonly weights: Float64Array;
}

/** The classes that have a calibrator: of two, the second speaks for both. */
const calibratedOf = (classes: number): readonly number[] =>
  classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);

const columnOf = (scores: Float64Array, classes: number, k: number): Float64Array =>
  scores.filter((_, i) => i % classes === k);

/** Learns from scores of samples that the classifier was not fitted on; one class against the rest. */
export function fitCalibrators(
  { scores, y, weights }: Scored,
  classes: number,
  kind: Calibrator["kind"],
): readonly Calibrator[] {
  return calibratedOf(classes).map((k) => {
    const own = columnOf(scores, classes, k);
    const isOwn = Float64Array.from(y, (each) => Number(each === k));
    return kind === "sigmoid"
      ? { kind, ...fitSigmoid(own, isOwn, weights) }
      : { kind, ...fitMonotone(own, isOwn, weights) };
  });
}

/** Probabilities `[samples, classes]` of scores. */
export function calibrate(calibrators: readonly Calibrator[], scores: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(scores.length);
  for (const [i, k] of calibratedOf(classes).entries()) {
    const each = calibrators[i]!;
    const own = columnOf(scores, classes, k);
    const shares = each.kind === "isotonic" ? monotoneAt(each, own) : own.map((score) => probability(each, score));
    for (const [row, share] of shares.entries()) out[row * classes + k] = share;
  }
  for (let at = 0; at < out.length; at += classes) {
    const row = out.subarray(at, at + classes);
    if (classes === 2) row[0] = 1 - row[1]!;
    const sum = row.reduce((all, share) => all + share, 0);
    for (let k = 0; k < classes; k++) row[k] = sum > 0 ? row[k]! / sum : 1 / classes;
  }
  return out;
}

/** The same as operators, float64. */
export function calibrateToOnnx(
  g: GraphBuilder,
  calibrators: readonly Calibrator[],
  scores: Value,
  classes: number,
): Value {
  const shares = calibratedOf(classes).map((k, i) => {
    const own = g.gather(scores, g.constant([k], "int64"), 1);
    const each = calibrators[i]!;
    if (each.kind === "isotonic") return monotoneToOnnx(g, own, each);
    return g.div(1, g.add(g.exp(g.add(g.mul(own, each.slope), each.offset)), 1));
  });
  if (classes === 2) return g.concat([g.sub(1, shares[0]!), shares[0]!], 1);
  const all = g.concat(shares, 1);
  const sum = g.reduceSum(all, [1], true);
  const isSome = g.greater(sum, 0);
  const even = g.constant(1 / classes, "float64");
  return g.where(isSome, g.div(all, g.where(isSome, sum, g.constant(1, "float64"))), even);
}
