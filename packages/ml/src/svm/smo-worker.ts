import { parentPort, workerData } from "node:worker_threads";
import type { Answer } from "../threads/share-out.ts";
import { SmoSpace } from "./smo-space.ts";
import type { SmoTask } from "./solve-aside.ts";
import { type SmoSolution, solveSmo } from "./solve-smo.ts";

const { problem, stop } = workerData as SmoTask;

parentPort!.on("message", (piece: number) => {
  const result = solveSmo(new SmoSpace(), problem, stop);
  parentPort!.postMessage({ piece, result } satisfies Answer<SmoSolution>);
});
