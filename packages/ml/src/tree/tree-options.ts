import { integer, type OptionValues, real } from "@athanor/core";
import type { Growth } from "./grow-tree.ts";

/** Options of everything that grows trees. */
export const treeOptions = {
  maxDepth: integer(null, "levels below the root; null for no limit", { min: 1 }),
  minSamplesSplit: integer(2, "samples that a node needs to be split", { min: 2 }),
  minSamplesLeaf: integer(1, "samples that each side of a split keeps", { min: 1 }),
  ccpAlpha: real(0, "impurity, as a share of all samples, that each leaf has to save", { min: 0 }),
};

export const growthOf = (
  { maxDepth, minSamplesSplit, minSamplesLeaf, ccpAlpha }: OptionValues<typeof treeOptions>,
  maxFeatures: number,
  { randomCuts = false }: { readonly randomCuts?: boolean } = {},
): Growth => ({
  minSamplesSplit,
  minSamplesLeaf,
  ccpAlpha,
  maxDepth: maxDepth ?? Number.POSITIVE_INFINITY,
  maxFeatures,
  randomCuts,
});
