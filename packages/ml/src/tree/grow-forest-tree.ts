import { Random } from "@athanor/core";
import type { ForestTask } from "./grow-forest.ts";
import { growTree } from "./grow-tree.ts";
import type { Tree } from "./tree.ts";

/** Grows the tree of a number on rows drawn for it. */
export function growForestTree({ binned, targets, growth, bootstrap, key }: ForestTask, index: number): Tree {
  const random = Random.resume(key).split(index);
  const weights = bootstrap ? new Uint16Array(binned.rows) : undefined;
  if (weights) for (let i = 0; i < binned.rows; i++) weights[random.integer(binned.rows)]!++;
  return growTree(binned, targets, weights, growth, random);
}
