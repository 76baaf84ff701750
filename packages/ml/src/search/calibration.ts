import { float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { logLossOf } from "../linear/logistic-problem.ts";
import { softmaxRows } from "../linear/softmax-rows.ts";
import { minimise } from "../minimise.ts";

/** How probabilities are put right: softmax(slope · log p + offsets). */
export interface Calibration {
  /** Above 1 where the probabilities were too even, as those of many models together are. */
  readonly slope: number;
  /** By label; that of the first is 0. */
  readonly offsets: readonly number[];
}

/**
 * Learns to put probabilities right from those of rows that their models had not seen: `[samples, labels]`.
 *
 * @see Guo et al. 2017, "On calibration of modern neural networks", https://arxiv.org/abs/1706.04599
 */
export async function fitCalibration(
  truth: readonly string[],
  probabilities: Float64Array,
  labels: readonly string[],
): Promise<Calibration> {
  const classes = labels.length;
  const places = new Map(labels.map((label, k) => [label, k]));
  const own = truth.map((label) => places.get(label)!);
  const logs = probabilities.map(logOf);
  const scores = new Float64Array(classes);
  // Mean log loss, and a pull towards leaving all as it is, which counts as much as one row.
  const loss = (x: Float64Array, into: Float64Array): number => {
    into.fill(0);
    let sum = 0;
    for (const [row, k] of own.entries()) {
      const at = row * classes;
      for (let j = 0; j < classes; j++) scores[j] = x[0]! * logs[at + j]! + (j === 0 ? 0 : x[j]!);
      sum += logLossOf(scores, k);
      for (let j = 0; j < classes; j++) {
        into[0]! += scores[j]! * logs[at + j]!;
        if (j > 0) into[j]! += scores[j]!;
      }
    }
    for (const [i, value] of x.entries()) {
      const apart = value - Number(i === 0);
      sum += apart ** 2 / 2;
      into[i] = (into[i]! + apart) / truth.length;
    }
    return sum / truth.length;
  };
  const start = new Float64Array(classes);
  start[0] = 1;
  const [slope, ...offsets] = await minimise(loss, start, { maxIterations: 100, tolerance: 1e-6 });
  return { slope: slope!, offsets: [0, ...offsets] };
}

/** Probabilities, put right. */
export function calibrated({ slope, offsets }: Calibration, probabilities: Float64Array): Float64Array {
  const classes = offsets.length;
  return softmaxRows(
    probabilities.map((p, i) => slope * logOf(p) + offsets[i % classes]!),
    classes,
  );
}

/** The same as operators: float32 `[batch, labels]`. */
export function calibrationToOnnx({ slope, offsets }: Calibration, g: GraphBuilder, probabilities: Value): Value {
  const scores = g.mul(g.log(g.max(probabilities, least)), slope);
  return g.softmax(g.add(scores, g.constant(float32(offsets))), 1);
}

/** Keeps a model that was sure of what is not so from an infinite logarithm. */
const least = 1e-6;
const logOf = (p: number): number => Math.log(Math.max(p, least));
