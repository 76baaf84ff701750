import { float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";

/** Each column less its offset, times its scale. */
export interface AffineState {
  readonly offsets: Float64Array;
  readonly scales: Float64Array;
}

/** Transform, export and names of a scaler of columns; what it learns is an offset and a scale each. */
export const affine = {
  transform: ({ data, shape: [, features = 1] }: Matrix, { offsets, scales }: AffineState): Float32Array =>
    data.map((value, i) => (value - offsets[i % features]!) * scales[i % features]!),
  toOnnx: (g: GraphBuilder, x: Value, { offsets, scales }: AffineState): Value =>
    g.cast(g.mul(g.sub(g.cast(x, "float64"), g.constant(float64(offsets))), g.constant(float64(scales))), "float32"),
  featureNames: (names: readonly string[]): readonly string[] => names,
};

/** One over a width; 1 for a column without any. */
export const inverse = (width: number): number => (width === 0 ? 1 : 1 / width);
