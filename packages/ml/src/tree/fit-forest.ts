import { flag, integer, type OptionValues } from "@athanor/core";
import type { FitContext, FitWork } from "../define-classifier.ts";
import { unevenWeights } from "../sample-weight.ts";
import { binFeatures } from "./bin-features.ts";
import { growForest } from "./grow-forest.ts";
import type { Targets } from "./grow-tree.ts";
import type { TreesState } from "./tree-models.ts";
import { growthOf, treeOptions } from "./tree-options.ts";

/** Options of everything that grows many trees; `bootstrap` is whether they do so on resampled rows. */
export const forestOptions = (bootstrap: boolean) => ({
  nTrees: integer(100, "number of trees", { min: 1, max: 5000 }),
  ...treeOptions,
  bootstrap: flag(bootstrap, "grow each tree on rows drawn with replacement"),
});
type ForestOptions = ReturnType<typeof forestOptions>;

/** Features looked at in each split, by the word for it. */
export const featureCounts = {
  third: (features: number) => Math.ceil(features / 3),
  sqrt: (features: number) => Math.max(1, Math.floor(Math.sqrt(features))),
  all: (features: number) => features,
};

/** Grows the trees of a forest. */
export async function fitForest(
  {
    x,
    weights,
    random,
    ...work
  }: FitWork & Pick<FitContext<ForestOptions>, "x" | "random"> & { readonly weights: Float64Array },
  options: OptionValues<ForestOptions> & { readonly maxFeatures: keyof typeof featureCounts },
  targets: Targets,
  style: { readonly randomCuts?: boolean } = {},
): Promise<TreesState> {
  const [rows, features] = x.shape as [number, number];
  const task = {
    binned: binFeatures(x.data, rows, features),
    targets,
    weights: unevenWeights(weights),
    growth: growthOf(options, featureCounts[options.maxFeatures](features), style),
    bootstrap: options.bootstrap,
    key: random.state,
  };
  return { trees: await growForest(task, options.nTrees, work) };
}
