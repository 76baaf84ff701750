import { AthanorError, pauses } from "@athanor/core";
import { convertOpset } from "../convert/convert-opset.ts";
import type { Model } from "../model.ts";
import type { Pass } from "./pass.ts";

/** How long rewriting may go on. */
export interface RewriteOptions {
  /** Rounds over all passes after which passes that keep undoing each other are reported. */
  readonly maxRounds?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings a model to the working version of the standard, which passes read, and applies them in turn until none changes it.
 *
 * @throws `onnx/opset` for a version that cannot be read, `onnx/no-fixed-point` naming the passes that still change it after `maxRounds`
 */
export async function rewrite(
  model: Model,
  passes: readonly Pass[],
  { maxRounds = 50, signal }: RewriteOptions = {},
): Promise<Model> {
  let current = convertOpset(model);
  let fired: string[] = [];
  const pause = pauses({ signal });
  for (let round = 0; round < maxRounds; round++) {
    fired = [];
    for (const pass of passes) {
      signal?.throwIfAborted();
      await pause();
      const next = await pass(current);
      if (next !== current) fired.push(pass.name || "a pass");
      current = next;
    }
    if (fired.length === 0) return current;
  }
  throw new AthanorError(
    "onnx/no-fixed-point",
    `rewrite: expected passes that come to rest, got ${fired.join(", ")} still changing the model after ${maxRounds} rounds`,
    { fix: "Leave out the pass that undoes another, or raise maxRounds.", details: { fired, maxRounds } },
  );
}
