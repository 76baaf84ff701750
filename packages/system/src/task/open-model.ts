import { readModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import type { Model } from "./define-task.ts";
import type { ModelCard } from "./model-card.ts";

/** Loads a model's file with what it says of itself. */
export async function openModel(bytes: Uint8Array, card: ModelCard): Promise<Model & AsyncDisposable> {
  const session = await openSession(bytes);
  return {
    session,
    card,
    metadata: readModel(bytes).metadata,
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
