import { integer } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { principalAxes, projection } from "../columns/projection.ts";
import { defineTransformer } from "../define-transformer.ts";
import type { LinearState } from "../linear/linear-scores.ts";

/** The directions along which samples are longest; columns are not centred, which suits counts of words. */
export const truncatedSvd = defineTransformer({
  name: "truncatedSvd",
  options: { nComponents: integer(2, "components kept", { min: 1 }) },
  fit({ x, options: { nComponents } }): LinearState {
    const { axes } = principalAxes(columnsOf(x), nComponents);
    return {
      coefficients: Float64Array.from(axes.flatMap((axis) => [...axis])),
      intercepts: new Float64Array(axes.length),
    };
  },
  ...projection("truncatedSvd"),
});
