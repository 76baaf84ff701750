import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AthanorError, type ErrorCode } from "@athanor/core";
import type { FitWork } from "../define-classifier.ts";
import { recipeOf } from "../recipe-step.ts";
import { type FoldJob, type FoldPredictions, fitFold } from "./fit-fold.ts";
import type { FoldData } from "./fold-data.ts";
import type { FoldAnswer } from "./fold-worker.ts";
import { type Estimator, isKnown } from "./recipe.ts";

/** Threads that fit and predict folds over shared data. */
export interface FoldPool extends AsyncDisposable {
  /** Waits for a free thread; rejects when the estimator refuses the fold, or when the work is cancelled. */
  run(estimator: Estimator, job: FoldJob): Promise<FoldPredictions>;
}

interface Waiting {
  readonly estimator: Estimator;
  readonly job: FoldJob;
  readonly resolve: (predictions: FoldPredictions) => void;
  readonly reject: (reason: unknown) => void;
}

const script = new URL(import.meta.url.endsWith(".ts") ? "./fold-worker.ts" : "./fold-worker.js", import.meta.url);

/**
 * Opens threads over the data; they start when there is work for them.
 *
 * An estimator of the caller's own cannot cross threads: its folds are fitted on this one.
 */
export function openFoldPool(data: FoldData, { threads = availableParallelism(), signal }: FitWork = {}): FoldPool {
  const queue: Waiting[] = [];
  const busy = new Map<Worker, Waiting>();
  const idle: Worker[] = [];
  let failure: { readonly reason: unknown } | undefined;

  const fail = (reason: unknown) => {
    failure ??= { reason };
    for (const { reject } of [...queue.splice(0), ...busy.values()]) reject(failure.reason);
    busy.clear();
  };
  const abort = () => {
    fail(signal!.reason);
    void close();
  };
  const workers: Worker[] = [];
  const close = async () => {
    signal?.removeEventListener("abort", abort);
    const isIdle = new Set(idle);
    await Promise.all(workers.splice(0).map((worker) => (isIdle.has(worker) ? leave(worker) : worker.terminate())));
  };
  const start = (): Worker => {
    const worker = new Worker(script, { workerData: data });
    workers.push(worker);
    worker.on("message", (answer: FoldAnswer) => {
      const done = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      hand();
      if (answer.kind === "predictions") done?.resolve(answer.predictions);
      else done?.reject(refusalOf(answer));
    });
    worker.on("error", (cause) =>
      fail(
        new AthanorError("ml/worker-died", `Folds: expected threads to fit them, got ${cause.message}`, {
          fix: "Search again with fewer threads when memory is short.",
          cause,
        }),
      ),
    );
    return worker;
  };
  const hand = () => {
    while (queue.length > 0) {
      const worker = idle.pop() ?? (workers.length < threads ? start() : undefined);
      if (worker === undefined) return;
      const next = queue.shift()!;
      busy.set(worker, next);
      worker.postMessage({ recipe: recipeOf(next.estimator), ...next.job });
    }
  };
  if (signal?.aborted) fail(signal.reason);
  else signal?.addEventListener("abort", abort, { once: true });

  return {
    run(estimator, job) {
      if (failure) return Promise.reject(failure.reason);
      if (!isKnown(recipeOf(estimator))) return fitFold(estimator, data, job, { threads, signal });
      return new Promise((resolve, reject) => {
        queue.push({ estimator, job, resolve, reject });
        hand();
      });
    },
    async [Symbol.asyncDispose]() {
      fail(new AthanorError("ml/closed", "Folds: expected an open pool, got one that is closed"));
      await close();
    },
  };
}

const leave = (worker: Worker): Promise<unknown> => {
  const gone = once(worker, "exit");
  worker.postMessage("leave");
  return gone;
};

const refusalOf = ({ code, message, fix }: Extract<FoldAnswer, { kind: "refused" }>) =>
  new AthanorError(code as ErrorCode, message, fix === undefined ? {} : { fix });
