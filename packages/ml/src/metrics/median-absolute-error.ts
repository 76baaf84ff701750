import { quantileOf } from "../quantile-of.ts";

/** Median of |error|: single large errors do not count. */
export const medianAbsoluteError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  quantileOf(
    Float64Array.from(truth, (value, i) => Math.abs(value - predicted[i]!)),
    0.5,
  );
