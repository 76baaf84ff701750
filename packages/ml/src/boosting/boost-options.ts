import { AthanorError, flag, integer, integers, type OptionValues, real } from "@athanor/core";
import { checkCategorical } from "../columns/check-categorical.ts";
import type { FitContext } from "../define-classifier.ts";
import { unevenWeights } from "../sample-weight.ts";
import { trainTestSplit } from "../splits/train-test-split.ts";
import type { BoostTask } from "./boost.ts";

/** Options of everything that boosts trees. */
export const boostOptions = {
  maxIter: integer(100, "rounds at most", { min: 1, max: 100_000 }),
  learningRate: real(0.1, "share of each tree's values that is added", { min: 1e-6, max: 10, scale: "log" }),
  maxLeaves: integer(31, "leaves of a tree at most", { min: 2, max: 4096 }),
  maxDepth: integer(null, "levels below the root; null for no limit", { min: 1 }),
  minSamplesLeaf: integer(20, "samples that each side of a split keeps", { min: 1 }),
  l2: real(0, "weight of the penalty on leaf values", { min: 0 }),
  categorical: integers([], "features whose values are names without an order", { min: 0 }),
  monotone: integers([], "by feature: 1 if predictions may only rise with it, -1 if only fall, 0 if both", {
    min: -1,
    max: 1,
  }),
  earlyStopping: flag(false, "set rows aside and stop when they gain nothing"),
  validationShare: real(0.1, "share of the rows set aside to stop by", { min: 0.01, max: 0.9 }),
  patience: integer(10, "rounds without gain before stopping", { min: 1 }),
  tol: real(1e-7, "loss by which a round has to be better", { min: 0 }),
};

/** What the options ask for, as boosting takes it; with `labels`, every class is set aside by the same share. */
export function boostSettings(
  {
    x,
    weights,
    options,
    random,
    threads,
    signal,
    onProgress,
  }: FitContext<typeof boostOptions> & { readonly weights: Float64Array },
  labels?: ArrayLike<number>,
): Omit<BoostTask, "y" | "outputs" | "loss"> {
  const { maxIter, learningRate, maxLeaves, maxDepth, minSamplesLeaf, l2, categorical, monotone, patience, tol } =
    options;
  const [rows, features] = x.shape as [number, number];
  checkFeatures(options, features);
  const aside = () =>
    trainTestSplit(rows, options.validationShare, random.integer(2 ** 31), labels && Array.from(labels, String)).test;
  const validation = options.earlyStopping ? aside() : [];
  return {
    x,
    weights: unevenWeights(weights),
    rounds: maxIter,
    growth: { learningRate, maxLeaves, maxDepth: maxDepth ?? Number.POSITIVE_INFINITY, minSamplesLeaf, l2 },
    categorical,
    monotone,
    // Of a handful of rows none may be left to stop by.
    earlyStopping: validation.length === 0 ? undefined : { patience, tolerance: tol, validation },
    threads,
    signal,
    onProgress,
  };
}

function checkFeatures({ categorical, monotone }: OptionValues<typeof boostOptions>, features: number): void {
  const refuse = (expected: string, got: unknown, fix: string) =>
    new AthanorError("ml/feature-option", `boosting: expected ${expected}, got ${got}`, {
      fix,
      details: { categorical, monotone, features },
    });
  checkCategorical("boosting", categorical, features);
  if (monotone.length > 0 && monotone.length !== features)
    throw refuse(
      `monotone to name ${features} features`,
      monotone.length,
      "Give one number a feature, 0 for no constraint.",
    );
  const both = categorical.find((feature) => monotone[feature]);
  if (both !== undefined)
    throw refuse(
      "no constraint on a categorical feature",
      `one on feature ${both}`,
      "Names have no order: take it out of one of the two.",
    );
}
