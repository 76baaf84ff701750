import { parentPort, workerData } from "node:worker_threads";
import type { ForestTask } from "./grow-forest.ts";
import { growForestTree } from "./grow-forest-tree.ts";

const task = workerData as ForestTask;

parentPort!.on("message", (index: number) => parentPort!.postMessage({ index, tree: growForestTree(task, index) }));
