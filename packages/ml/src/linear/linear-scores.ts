import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";

/** One row of coefficients and one intercept an output. */
export interface LinearState {
  /** `[outputs, features]` */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/** Weighted sums of the features, `[samples, outputs]`. */
export function linearScores(x: Matrix, { coefficients, intercepts }: LinearState): Float64Array {
  const [rows, features] = x.shape as [number, number];
  const outputs = intercepts.length;
  const scores = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < outputs; k++) {
      let score = intercepts[k]!;
      for (let j = 0; j < features; j++) score += coefficients[k * features + j]! * x.data[row * features + j]!;
      scores[row * outputs + k] = score;
    }
  }
  return scores;
}

/**
 * Weighted sums of `[batch, features]`, float64 `[batch, outputs]`.
 *
 * Features far from zero would lose the digits that matter if single precision summed them.
 */
export function linearScoresToOnnx(g: GraphBuilder, x: Value, { coefficients, intercepts }: LinearState): Value {
  const weight = float64(coefficients, [intercepts.length, coefficients.length / intercepts.length]);
  return g.add(g.matMul(g.cast(x, "float64"), g.transpose(g.constant(weight))), g.constant(float64(intercepts)));
}

/** The one output of a linear regressor, float32 `[batch, 1]`. */
export const linearRegressorToOnnx = (g: GraphBuilder, x: Value, state: LinearState): Value =>
  g.cast(linearScoresToOnnx(g, x, state), "float32");
