import { flag, integer, real } from "@athanor/core";

/** What lasso and elastic net are told alike. */
export const sparseOptions = {
  alpha: real(1, "weight of the penalty", { min: 0, max: 1e9, scale: "log" }),
  fitIntercept: flag(true, "fit a constant term too"),
  maxIter: integer(1000, "passes over the coefficients at most", { min: 1 }),
  tol: real(1e-4, "duality gap at which to stop, as a share of ‖y‖²", { min: 0 }),
};
