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

/** What a worker starts with. */
export interface Share<T> {
  readonly task: T;
  /** The number of the next piece, which whoever is free takes. */
  readonly next: Int32Array;
  readonly count: number;
}

/** What a worker sends back for the number of a piece. */
export interface Answer<R> {
  readonly piece: number;
  readonly result: R;
}

/**
 * Shares numbered pieces of a task out among worker threads, which take them one by one as they get free; results come in the order
 * of their numbers. The script is to call `answerPieces`.
 *
 * @throws `ml/worker-died`
 */
export async function shareOut<T, R>(
  script: URL,
  task: T,
  { owner, stage, unit, count }: Pieces,
  { threads = availableParallelism(), signal, onProgress }: FitWork = {},
): Promise<readonly R[]> {
  signal?.throwIfAborted();
  const results = new Array<R>(count);
  const share: Share<T> = { task, next: new Int32Array(new SharedArrayBuffer(4)), count };
  const workers = Array.from({ length: Math.min(count, threads) }, () => new Worker(script, { workerData: share }));
  let done = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      for (const worker of workers) {
        worker.on("message", ({ piece, result }: Answer<R>) => {
          results[piece] = result;
          done++;
          onProgress?.({ stage, done, total: count, unit });
          if (done === count) resolve();
        });
        worker.on("error", (cause) =>
          reject(
            new AthanorError("ml/worker-died", `${owner}: expected its workers to end, got ${cause.message}`, {
              fix: "Fit again, with less data when memory is short.",
              cause,
            }),
          ),
        );
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
