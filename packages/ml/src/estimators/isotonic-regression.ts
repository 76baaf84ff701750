import { AthanorError, flag, integer } from "@athanor/core";
import { fitMonotone, type MonotoneCurve, monotoneAt, monotoneToOnnx } from "../calibration/isotonic.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { defineRegressor } from "../define-regressor.ts";
import type { Matrix } from "../matrix.ts";

interface IsotonicState extends MonotoneCurve {
  readonly feature: number;
}

const name = "isotonicRegression";
const columnOf = (x: Matrix, feature: number): Float64Array => columnsOf(x)[feature]!;

/**
 * The monotone curve of least squares over one feature, straight between samples and flat beyond them.
 *
 * @throws `ml/feature-option`
 * @see Barlow et al. 1972, "Statistical inference under order restrictions"
 */
export const isotonicRegression = defineRegressor({
  name,
  options: {
    feature: integer(0, "feature that predictions depend on", { min: 0 }),
    increasing: flag(true, "predictions rise with the feature, instead of falling"),
  },
  weighs: true,
  fit({ x, y, weights, options: { feature, increasing } }): IsotonicState {
    const features = x.shape[1]!;
    if (feature >= features)
      throw new AthanorError("ml/feature-option", `${name}: expected a feature below ${features}, got ${feature}`, {
        fix: "Count the features from 0.",
        details: { feature, features },
      });
    const sign = increasing ? 1 : -1;
    const { at, value } = fitMonotone(
      columnOf(x, feature),
      y.map((target) => sign * target),
      weights,
    );
    return { feature, at, value: value.map((each) => sign * each) };
  },
  predict: (x, state) => monotoneAt(state, columnOf(x, state.feature)),
  toOnnx(g, x, state) {
    const column = g.cast(g.gather(x, g.constant([state.feature], "int64"), 1), "float64");
    return g.cast(monotoneToOnnx(g, column, state), "float32");
  },
});
