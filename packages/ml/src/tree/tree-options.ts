import { integer, type OptionValues } from "@athanor/core";
import type { Growth } from "./grow-tree.ts";

/** Options of everything that grows trees. */
export const treeOptions = {
  maxDepth: integer(null, "levels below the root; null for no limit", { min: 1 }),
  minSamplesSplit: integer(2, "samples that a node needs to be split", { min: 2 }),
  minSamplesLeaf: integer(1, "samples that each side of a split keeps", { min: 1 }),
};

export const growthOf = ({ maxDepth, ...rest }: OptionValues<typeof treeOptions>, maxFeatures: number): Growth => ({
  ...rest,
  maxDepth: maxDepth ?? Number.POSITIVE_INFINITY,
  maxFeatures,
});
