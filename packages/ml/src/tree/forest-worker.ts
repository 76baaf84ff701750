import { parentPort, workerData } from "node:worker_threads";
import type { Answer } from "../threads/share-out.ts";
import type { ForestTask } from "./grow-forest.ts";
import { growForestTree } from "./grow-forest-tree.ts";
import type { Tree } from "./tree.ts";

const task = workerData as ForestTask;

parentPort!.on("message", (piece: number) =>
  parentPort!.postMessage({ piece, result: growForestTree(task, piece) } satisfies Answer<Tree>),
);
