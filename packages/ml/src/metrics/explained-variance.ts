import { varianceOf } from "../columns/moments.ts";

/** Share of the truth's variance that is not left in the errors; unlike R², a constant error costs nothing. */
export const explainedVariance = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  1 - varianceOf(Float64Array.from(truth, (value, i) => value - predicted[i]!)) / varianceOf(Float64Array.from(truth));
