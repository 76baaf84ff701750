import { type AffineState, affine, inverse } from "../columns/affine.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { defineTransformer } from "../define-transformer.ts";

/** Divides each column by its largest absolute value, so that zeros stay zeros. */
export const maxAbsScaler = defineTransformer({
  name: "maxAbsScaler",
  options: {},
  fit: ({ x }): AffineState => ({
    offsets: new Float64Array(x.shape[1]!),
    scales: Float64Array.from(columnsOf(x), (column) => inverse(column.reduce((a, b) => Math.max(a, Math.abs(b)), 0))),
  }),
  ...affine,
});
