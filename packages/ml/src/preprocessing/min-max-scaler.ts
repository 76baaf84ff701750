import { real } from "@athanor/core";
import { type AffineState, affine, inverse } from "../columns/affine.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { defineTransformer } from "../define-transformer.ts";

/** Brings each column into one range, its smallest value to `min` and its largest to `max`. */
export const minMaxScaler = defineTransformer({
  name: "minMaxScaler",
  options: { min: real(0, "what the smallest value becomes"), max: real(1, "what the largest value becomes") },
  fit({ x, options: { min, max } }): AffineState {
    const columns = columnsOf(x);
    const lowest = columns.map((column) => column.reduce((a, b) => Math.min(a, b)));
    const scales = Float64Array.from(columns, (column, j) => {
      const highest = column.reduce((a, b) => Math.max(a, b));
      return (max - min) * inverse(highest - lowest[j]!);
    });
    return { scales, offsets: scales.map((scale, j) => lowest[j]! - min / scale) };
  },
  ...affine,
});
