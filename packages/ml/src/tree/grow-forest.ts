import type { LongWork } from "@athanor/core";
import { shareOut, workerScript } from "../threads/share-out.ts";
import type { BinnedFeatures } from "./bin-features.ts";
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

/** Grows trees in worker threads over shared data. */
export const growForest = (task: ForestTask, count: number, work: LongWork = {}): Promise<readonly Tree[]> =>
  shareOut(
    workerScript(import.meta.url, "forest-worker"),
    task,
    { owner: "Forest", stage: "growing trees", unit: "trees", count },
    work,
  );
