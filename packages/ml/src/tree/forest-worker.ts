import { parentPort, workerData } from "node:worker_threads";
import { Random } from "@athanor/core";
import type { ForestTask } from "./grow-forest.ts";
import { growTree } from "./grow-tree.ts";

const { binned, targets, growth, bootstrap, key } = workerData as ForestTask;

parentPort!.on("message", (index: number) => {
  const random = Random.resume(key).split(index);
  const weights = bootstrap ? new Uint16Array(binned.rows) : undefined;
  if (weights) for (let i = 0; i < binned.rows; i++) weights[random.integer(binned.rows)]!++;
  parentPort!.postMessage({ index, tree: growTree(binned, targets, weights, growth, random) });
});
