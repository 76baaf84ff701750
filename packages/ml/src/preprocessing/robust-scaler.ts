import { real } from "@athanor/core";
import { type AffineState, affine, inverse } from "../columns/affine.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { defineTransformer } from "../define-transformer.ts";
import { quantileOf } from "../quantile-of.ts";

/** Centres each column on its median and divides it by the distance of two quantiles: outliers do not count. */
export const robustScaler = defineTransformer({
  name: "robustScaler",
  options: {
    lower: real(0.25, "lower quantile", { min: 0, max: 1 }),
    upper: real(0.75, "upper quantile", { min: 0, max: 1 }),
  },
  fit({ x, options: { lower, upper } }): AffineState {
    const columns = columnsOf(x);
    return {
      offsets: Float64Array.from(columns, (column) => quantileOf(column, 0.5)),
      scales: Float64Array.from(columns, (column) => inverse(quantileOf(column, upper) - quantileOf(column, lower))),
    };
  },
  ...affine,
});
