import { parentPort, workerData } from "node:worker_threads";
import type { Answer } from "../threads/share-out.ts";
import { type ForestTask, growNumbered, spaceFor } from "./grow-forest.ts";
import type { Tree } from "./tree.ts";

const task = workerData as ForestTask;
const space = spaceFor(task);

parentPort!.on("message", (piece: number) => {
  const result = growNumbered(task, piece, space);
  parentPort!.postMessage({ piece, result } satisfies Answer<Tree>);
});
