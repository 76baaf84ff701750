import { parentPort, workerData } from "node:worker_threads";
import type { Answer } from "../threads/share-out.ts";
import { type PairSeparation, type PairwiseTask, separatePair } from "./pairwise.ts";
import { SmoSpace } from "./smo-space.ts";

const task = workerData as PairwiseTask;
const space = new SmoSpace();

parentPort!.on("message", (piece: number) => {
  parentPort!.postMessage({ piece, result: separatePair(task, piece, space) } satisfies Answer<PairSeparation>);
});
