import { parentPort, workerData } from "node:worker_threads";
import { AthanorError } from "@athanor/core";
import type { Recipe } from "../recipe-step.ts";
import { type FoldJob, type FoldPredictions, fitFold } from "./fit-fold.ts";
import type { FoldData } from "./fold-data.ts";
import { estimatorOf } from "./recipe.ts";

/** What a thread answers: predictions, or why there are none. */
export type FoldAnswer =
  | { readonly kind: "predictions"; readonly predictions: FoldPredictions }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly fix: string | undefined };

const data = workerData as FoldData;

parentPort!.on("message", async (message: (FoldJob & { readonly recipe: Recipe }) | "leave") => {
  if (message === "leave") {
    parentPort!.close();
    return;
  }
  const { recipe, ...job } = message;
  try {
    const predictions = await fitFold(estimatorOf(recipe), data, job, { threads: 1 });
    const buffers = [predictions.test, ...(predictions.train ? [predictions.train] : [])].map(({ buffer }) => buffer);
    parentPort!.postMessage({ kind: "predictions", predictions } satisfies FoldAnswer, buffers as ArrayBuffer[]);
  } catch (error) {
    if (!(error instanceof AthanorError)) throw error;
    const { code, message, fix } = error;
    parentPort!.postMessage({ kind: "refused", code, message, fix } satisfies FoldAnswer);
  }
});
