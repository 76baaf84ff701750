import { flag, real } from "@athanor/core";

/** What naive Bayes for counts is told. */
export const countOptions = {
  alpha: real(1, "added to each count, so that nothing is impossible", { min: 1e-10, max: 1e6, scale: "log" }),
  fitPrior: flag(true, "weigh classes by their share of the rows"),
};
