import { flag, integer } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { meanOf } from "../columns/moments.ts";
import { principalAxes, projection, turnedUp } from "../columns/projection.ts";
import { defineTransformer } from "../define-transformer.ts";
import { covarianceOf } from "../linear/covariance-of.ts";
import { leadingEigen } from "../linear/leading-eigen.ts";
import type { LinearState } from "../linear/linear-scores.ts";
import type { Matrix } from "../matrix.ts";

interface PcaState extends LinearState {
  /** Variance of the samples along each component, and its share of the whole. */
  readonly explainedVariance: Float64Array;
  readonly explainedVarianceRatio: Float64Array;
}

interface Components {
  readonly means: Float64Array;
  readonly axes: readonly Float64Array[];
  readonly variances: Float64Array;
  /** Variance of the samples along all directions. */
  readonly total: number;
}

/**
 * The directions along which samples vary most, from the singular values of the centred columns.
 *
 * @see Jolliffe and Cadima 2016, "Principal component analysis: a review", https://doi.org/10.1098/rsta.2015.0202
 */
export const pca = defineTransformer({
  name: "pca",
  options: {
    nComponents: integer(null, "components kept; all when null", { min: 1 }),
    whiten: flag(false, "scale components to variance 1"),
  },
  async fit({ x, signal, options: { nComponents, whiten } }): Promise<PcaState> {
    const { means, axes, variances, total } = await componentsOf(x, nComponents ?? Math.min(...x.shape), signal);
    const scaled = axes.map((axis, i) =>
      whiten && variances[i]! > 0 ? axis.map((value) => value / Math.sqrt(variances[i]!)) : axis,
    );
    return {
      coefficients: Float64Array.from(scaled.flatMap((axis) => [...axis])),
      intercepts: Float64Array.from(scaled, (axis) => -axis.reduce((sum, value, j) => sum + value * means[j]!, 0)),
      explainedVariance: variances,
      explainedVarianceRatio: variances.map((variance) => (total > 0 ? variance / total : 0)),
    };
  },
  ...projection<PcaState>("pca"),
});

/** Products of values above which single precision on all cores is worth more than the last digits. */
const muchWork = 2 ** 27;

async function componentsOf(x: Matrix, count: number, signal?: AbortSignal): Promise<Components> {
  const [rows, features] = x.shape as [number, number];
  if (rows > features && rows * features ** 2 > muchWork) {
    const { means, values } = await covarianceOf(x, signal);
    const found = leadingEigen(values, features, Math.min(count, features));
    const total = means.reduce((sum, _, j) => sum + values[j * (features + 1)]!, 0);
    return {
      means,
      axes: found.vectors.map(turnedUp),
      variances: found.values.map((value) => Math.max(0, value)),
      total,
    };
  }
  const columns = columnsOf(x);
  const means = Float64Array.from(columns, meanOf);
  const { values, axes } = principalAxes(
    columns.map((column, j) => column.map((value) => value - means[j]!)),
    count,
  );
  const variances = values.map((value) => value ** 2 / Math.max(1, rows - 1));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  return { means, axes, variances: variances.slice(0, axes.length), total };
}
