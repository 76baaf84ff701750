import { Random } from "@athanor/core";
import type { FitWork } from "../define-classifier.ts";
import { inTurn } from "../threads/in-turn.ts";
import { shareOut, workerScript } from "../threads/share-out.ts";
import type { BinnedFeatures } from "./bin-features.ts";
import { type Growth, growTree, type Targets } from "./grow-tree.ts";
import type { Tree } from "./tree.ts";
import { TreeSpace } from "./tree-space.ts";

export interface ForestTask {
  readonly binned: BinnedFeatures;
  readonly targets: Targets;
  readonly growth: Growth;
  /** Of the rows; all count once without. */
  readonly weights?: Float64Array | undefined;
  readonly bootstrap: boolean;
  /** Each tree draws from the stream of its own number, so that the forest does not depend on who grows which tree. */
  readonly key: { readonly key: readonly [number, number]; readonly counter: number };
}

/** Rows, features and trees below which workers take longer to start than the trees to grow. */
const smallWork = 3e6;

/** Grows trees, in worker threads over shared data where that is worth while. */
export function growForest(task: ForestTask, count: number, work: FitWork = {}): Promise<readonly Tree[]> {
  const pieces = { owner: "Forest", stage: "growing trees", unit: "trees", count };
  if (work.threads === 1 || task.binned.rows * task.growth.maxFeatures * count < smallWork) {
    const space = spaceFor(task);
    return inTurn((piece) => growNumbered(task, piece, space), pieces, work);
  }
  return shareOut<ForestTask, Tree>(workerScript(import.meta.url, "forest-worker"), task, pieces, work);
}

/** Grows the tree of a number. */
export function growNumbered(
  { binned, targets, weights, growth, bootstrap, key }: ForestTask,
  tree: number,
  space: TreeSpace,
): Tree {
  const random = Random.resume(key).split(tree);
  if (!bootstrap) return growTree(binned, targets, weights, growth, random, space);
  const { draws, kernel, at } = space;
  draws.fill(0);
  kernel.drawRows(at.sparePairs, binned.rows, (BigInt(random.uint32()) << 32n) | BigInt(random.uint32()));
  const counts = weights ? weights.map((weight, row) => weight * draws[row]!) : draws;
  return growTree(binned, targets, counts, growth, random, space);
}

/** The part of the memory that a thread grows trees in. */
export const spaceFor = ({ binned, targets }: ForestTask): TreeSpace => new TreeSpace(binned, targets.outputs);
