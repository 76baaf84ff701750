import { float32 } from "@athanor/core";
import { dense } from "@athanor/runtime";
import type { Matrix } from "../matrix.ts";

/** Mean of the columns, and their products with each other around it, divided by the number of rows less one. */
export interface Covariance {
  readonly means: Float64Array;
  /** `[features, features]` */
  readonly values: Float64Array;
}

const mostRows = 8192;

/** Multiplies parts of the samples on all cores in single precision, and adds the parts in double. */
export async function covarianceOf({ data, shape }: Matrix, signal?: AbortSignal): Promise<Covariance> {
  const [rows, features] = shape as [number, number];
  const step = Math.ceil(rows / Math.ceil(rows / mostRows));
  const parts: { readonly count: number; readonly mean: ArrayLike<number> }[] = [];
  const values = new Float64Array(features * features);
  for (let start = 0; start < rows; start += step) {
    signal?.throwIfAborted();
    const count = Math.min(step, rows - start);
    const part = float32(data.subarray(start * features, (start + count) * features), [count, features]);
    const { mean, covariance } = await dense.covariance(part, { ddof: 0 });
    const own = covariance.data as Float32Array;
    for (let i = 0; i < values.length; i++) values[i]! += (count / (rows - 1)) * own[i]!;
    parts.push({ count, mean: mean.data as Float32Array });
  }
  const means = Float64Array.from({ length: features }, (_, j) =>
    parts.reduce((sum, { count, mean }) => sum + (count / rows) * mean[j]!, 0),
  );
  for (const { count, mean } of parts) {
    const off = means.map((value, j) => mean[j]! - value);
    for (let i = 0; i < features; i++)
      for (let j = 0; j < features; j++) values[i * features + j]! += (count / (rows - 1)) * off[i]! * off[j]!;
  }
  return { means, values };
}
