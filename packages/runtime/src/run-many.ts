import { AthanorError, runAhead } from "@athanor/core";
import type { StepResult, TrainingStep } from "./training-step.ts";

type RunMany = TrainingStep["runMany"];

/** Where there is a signal, batches are run one a message, so that an abort is heard before the next. */
export const heedingSignal =
  (runTogether: RunMany): RunMany =>
  async (batches, options) => {
    if (options.signal === undefined) return runTogether(batches, options);
    const results: StepResult[] = [];
    const runOne = (i: number) => runTogether([batches[i]!], options);
    await runAhead(batches.length, runOne, (result) => results.push(...result));
    return results;
  };

export const closedStep = (): AthanorError =>
  new AthanorError("runtime/closed", "Training step: expected an open step, got one that was disposed", {
    fix: "Compile the step again, and restore a snapshot to go on.",
  });
