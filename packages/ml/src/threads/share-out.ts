import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AthanorError } from "@athanor/core";
import type { FitWork } from "../define-classifier.ts";

/** Pieces of work, as words for whoever waits. */
export interface Pieces {
  readonly owner: string;
  readonly stage: string;
  readonly unit: string;
  readonly count: number;
}

/** What a worker sends back for the number of a piece. */
export interface Answer<R> {
  readonly piece: number;
  readonly result: R;
}

/**
 * Hands numbered pieces of a task to worker threads, one by one as they get free; results come in the order of their numbers.
 *
 * A worker gets the task as its `workerData` and answers each number with an `Answer`.
 *
 * @throws `ml/worker-died`
 */
export async function shareOut<R>(
  script: URL,
  task: unknown,
  { owner, stage, unit, count }: Pieces,
  { threads = availableParallelism(), signal, onProgress }: FitWork = {},
): Promise<readonly R[]> {
  signal?.throwIfAborted();
  const results = new Array<R>(count);
  const workers = Array.from({ length: Math.min(count, threads) }, () => new Worker(script, { workerData: task }));
  let [next, done] = [0, 0];
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      for (const worker of workers) {
        const hand = () => {
          if (next < count) worker.postMessage(next++);
        };
        worker.on("message", ({ piece, result }: Answer<R>) => {
          results[piece] = result;
          done++;
          onProgress?.({ stage, done, total: count, unit });
          if (done === count) resolve();
          else hand();
        });
        worker.on("error", (cause) =>
          reject(
            new AthanorError("ml/worker-died", `${owner}: expected its workers to end, got ${cause.message}`, {
              fix: "Fit again, with less data when memory is short.",
              cause,
            }),
          ),
        );
        hand();
      }
    });
    return results;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The script of a worker, which lies beside the file that starts it under the same extension. */
export const workerScript = (beside: string, name: string): URL =>
  new URL(`./${name}${beside.endsWith(".ts") ? ".ts" : ".js"}`, beside);
