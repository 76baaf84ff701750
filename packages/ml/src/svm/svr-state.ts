import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { compareSamples } from "./compare-samples.ts";
import type { Similarity } from "./similarity.ts";
import { kernelAttributes } from "./svm-to-onnx.ts";

/** Samples whose likeness, weighed, makes a prediction. */
export interface SvrState {
  /** `[vectors, features]` */
  readonly vectors: Float32Array;
  readonly coefficients: Float64Array;
  readonly intercept: number;
  readonly similarity: Similarity;
}

export function predictSvr(x: Matrix, { vectors, coefficients, intercept, similarity }: SvrState): Float64Array {
  const predicted = new Float64Array(x.shape[0]!);
  compareSamples(x, vectors, similarity, (row, likeness) => {
    let sum = intercept;
    for (let i = 0; i < coefficients.length; i++) sum += coefficients[i]! * likeness[i]!;
    predicted[row] = sum;
  });
  return predicted;
}

export const svrToOnnx = (
  g: GraphBuilder,
  x: Value,
  { vectors, coefficients, intercept, similarity }: SvrState,
): Value =>
  g.op(
    "SVMRegressor",
    [x],
    {
      ...kernelAttributes(similarity),
      support_vectors: Array.from(vectors),
      coefficients: Array.from(coefficients),
      rho: [intercept],
      n_supports: coefficients.length,
    },
    { domain: "ai.onnx.ml" },
  );
