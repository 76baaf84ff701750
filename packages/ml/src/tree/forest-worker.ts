import { parentPort, workerData } from "node:worker_threads";
import { Random } from "@athanor/core";
import type { Answer } from "../threads/share-out.ts";
import type { ForestTask } from "./grow-forest.ts";
import { growTree } from "./grow-tree.ts";
import type { Tree } from "./tree.ts";

const { binned, targets, growth, bootstrap, key } = workerData as ForestTask;

parentPort!.on("message", (piece: number) => {
  const random = Random.resume(key).split(piece);
  const weights = bootstrap ? new Uint16Array(binned.rows) : undefined;
  if (weights) for (let i = 0; i < binned.rows; i++) weights[random.integer(binned.rows)]!++;
  const result = growTree(binned, targets, weights, growth, random);
  parentPort!.postMessage({ piece, result } satisfies Answer<Tree>);
});
