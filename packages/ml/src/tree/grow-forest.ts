import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AthanorError } from "@athanor/core";
import type { FitWork } from "../define-classifier.ts";
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

const script = new URL(import.meta.url.endsWith(".ts") ? "./forest-worker.ts" : "./forest-worker.js", import.meta.url);

/** Grows trees in worker threads over shared data; trees are handed out one by one as workers get free. */
export async function growForest(
  task: ForestTask,
  count: number,
  { threads = availableParallelism(), signal, onProgress }: FitWork = {},
): Promise<readonly Tree[]> {
  signal?.throwIfAborted();
  if (threads === 1) return Array.from({ length: count }, (_, index) => growForestTree(task, index));
  const trees = new Array<Tree>(count);
  const workers = Array.from({ length: Math.min(count, threads) }, () => new Worker(script, { workerData: task }));
  let [next, done] = [0, 0];
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      for (const worker of workers) {
        const hand = () => {
          if (next < count) worker.postMessage(next++);
        };
        worker.on("message", ({ index, tree }: { index: number; tree: Tree }) => {
          trees[index] = tree;
          done++;
          onProgress?.({ stage: "growing trees", done, total: count, unit: "trees" });
          if (done === count) resolve();
          else hand();
        });
        worker.on("error", (cause) =>
          reject(
            new AthanorError("ml/worker-died", `Forest: expected its workers to grow trees, got ${cause.message}`, {
              fix: "Fit again, with less data when memory is short.",
              cause,
            }),
          ),
        );
        hand();
      }
    });
    return trees;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
