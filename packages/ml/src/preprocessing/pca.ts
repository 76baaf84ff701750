import { flag, integer } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { meanOf } from "../columns/moments.ts";
import { principalAxes, projection } from "../columns/projection.ts";
import { defineTransformer } from "../define-transformer.ts";
import type { LinearState } from "../linear/linear-scores.ts";

interface PcaState extends LinearState {
  /** Variance of the samples along each component, and its share of the whole. */
  readonly explainedVariance: Float64Array;
  readonly explainedVarianceRatio: Float64Array;
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
  fit({ x, options: { nComponents, whiten } }): PcaState {
    const columns = columnsOf(x);
    const means = columns.map(meanOf);
    const { values, axes } = principalAxes(
      columns.map((column, j) => column.map((value) => value - means[j]!)),
      nComponents ?? Math.min(...x.shape),
    );
    const variances = values.map((value) => value ** 2 / Math.max(1, x.shape[0]! - 1));
    const total = variances.reduce((sum, variance) => sum + variance, 0);
    const explainedVariance = variances.slice(0, axes.length);
    const scaled = axes.map((axis, i) =>
      whiten && explainedVariance[i]! > 0 ? axis.map((value) => value / Math.sqrt(explainedVariance[i]!)) : axis,
    );
    return {
      coefficients: Float64Array.from(scaled.flatMap((axis) => [...axis])),
      intercepts: Float64Array.from(scaled, (axis) => -axis.reduce((sum, value, j) => sum + value * means[j]!, 0)),
      explainedVariance,
      explainedVarianceRatio: explainedVariance.map((variance) => (total > 0 ? variance / total : 0)),
    };
  },
  ...projection("pca"),
});
