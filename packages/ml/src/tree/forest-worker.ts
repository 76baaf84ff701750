import { parentPort, workerData } from "node:worker_threads";
import type { Answer } from "../threads/share-out.ts";
import { type ForestTask, growNumbered } from "./grow-forest.ts";
import type { Tree } from "./tree.ts";

parentPort!.on("message", (piece: number) => {
  const result = growNumbered(workerData as ForestTask, piece);
  parentPort!.postMessage({ piece, result } satisfies Answer<Tree>);
});
