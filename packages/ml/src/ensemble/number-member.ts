import type { GraphBuilder, Value } from "@athanor/onnx";
import type { FitWork } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import type { Matrix } from "../matrix.ts";

/** A fitted regressor of an ensemble, as plain data. */
export interface NumberMember {
  readonly state: unknown;
  readonly features: number;
}

/** What a member is fitted on. */
export interface NumberSamples {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

export async function fitNumberMember(
  estimator: RegressorEstimator,
  { x, y, weights }: NumberSamples,
  { signal, threads }: FitWork,
): Promise<NumberMember> {
  const sampleWeight = estimator.weighs ? weights : undefined;
  const { state } = await estimator.fit(x, y, { signal, threads, sampleWeight });
  return { state, features: x.shape[1]! };
}

export const memberNumbers = (estimator: RegressorEstimator, { state, features }: NumberMember, x: Matrix) =>
  estimator.restore(state, features).predict(x);

/** From float32 `[batch, features]` to float64 `[batch, 1]`. */
export const memberNumbersToOnnx = (
  estimator: RegressorEstimator,
  { state, features }: NumberMember,
  g: GraphBuilder,
  x: Value,
): Value => g.cast(estimator.restore(state, features).toOnnx(g, x), "float64");
