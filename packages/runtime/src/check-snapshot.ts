import { AthanorError } from "@athanor/core";
import type { StepSnapshot } from "./training-step.ts";

/**
 * Gradients that wait in a snapshot must meet a step that waits for more batches than there were.
 *
 * @throws `runtime/snapshot`
 */
export function checkSnapshot({ accumulated }: StepSnapshot, accumulate: number): void {
  const count = accumulated?.count ?? 0;
  if (count < accumulate) return;
  throw new AthanorError(
    "runtime/snapshot",
    `restore: expected a snapshot with gradients of fewer batches than the ${accumulate} of an update, got one of ${count}`,
    {
      fix: `Compile the step with accumulate ${count + 1} or more, on cpu, or take the snapshot between two updates.`,
      details: { count, accumulate },
    },
  );
}
