import type { FitWork } from "../define-classifier.ts";
import { shareOut, workerScript } from "../threads/share-out.ts";
import type { BinnedFeatures } from "./bin-features.ts";
import { growForestTree } from "./grow-forest-tree.ts";
import type { Growth, Targets } from "./grow-tree.ts";
import type { Tree } from "./tree.ts";

export interface ForestTask {
  readonly binned: BinnedFeatures;
  readonly targets: Targets;
  readonly growth: Growth;
  readonly bootstrap: boolean;
  /** Each tree draws from the stream of its own number, so that the forest does not depend on who grows which tree. */
  readonly key: { readonly key: readonly [number, number]; readonly counter: number };
}

/** Grows trees in worker threads over shared data, or on the calling thread when that is all there is. */
export async function growForest(task: ForestTask, count: number, work: FitWork = {}): Promise<readonly Tree[]> {
  if (work.threads === 1) return Array.from({ length: count }, (_, index) => growForestTree(task, index));
  return shareOut(
    workerScript(import.meta.url, "forest-worker"),
    task,
    { owner: "Forest", stage: "growing trees", unit: "trees", count },
    work,
  );
}
