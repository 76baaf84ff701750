import type { GraphBuilder, Value } from "@athanor/onnx";

/** Turns each row of scores into probabilities, in place. */
export function softmaxRows(scores: Float64Array, classes: number): Float64Array {
  for (let at = 0; at < scores.length; at += classes) {
    const row = scores.subarray(at, at + classes);
    const top = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += row[k] = Math.exp(row[k]! - top);
    for (let k = 0; k < classes; k++) row[k]! /= sum;
  }
  return scores;
}

/** From float64 scores `[batch, classes]` to float32 probabilities. */
export const softmaxToOnnx = (g: GraphBuilder, scores: Value): Value => g.cast(g.softmax(scores), "float32");
