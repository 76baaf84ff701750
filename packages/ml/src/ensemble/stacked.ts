import { flag, float32, integer } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";

/** What stacking is told. */
export const stackingOptions = {
  folds: integer(5, "folds whose rows members predict after fitting on the others", { min: 2 }),
  passthrough: flag(false, "give the last estimator the features, too"),
};

/** What members predict side by side, then the features if they pass through: float32 `[samples, columns]`. */
export function stacked(predictions: readonly Float64Array[], x: Matrix, passthrough: boolean): Matrix {
  const [rows = 0, features = 0] = x.shape;
  const parts = predictions.map((values) => ({ values, width: values.length / rows }));
  if (passthrough) parts.push({ values: Float64Array.from(x.data), width: features });
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const data = new Float32Array(rows * width);
  let at = 0;
  for (const { values, width: own } of parts) {
    for (let row = 0; row < rows; row++) data.set(values.subarray(row * own, (row + 1) * own), row * width + at);
    at += own;
  }
  return float32(data, [rows, width]);
}

/** The same as operators. */
export function stackedToOnnx(g: GraphBuilder, predictions: readonly Value[], x: Value, passthrough: boolean): Value {
  const parts = predictions.map((each) => g.cast(each, "float32"));
  if (passthrough) parts.push(x);
  return parts.length === 1 ? parts[0]! : g.concat(parts, 1);
}
