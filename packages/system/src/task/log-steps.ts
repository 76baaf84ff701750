import type { StepReport } from "@athanor/nn";
import type { TrainContext } from "./define-task.ts";

/** Logs what a training step reports, for `athanor runs` to show while the training goes on. */
export const logSteps =
  (log: TrainContext<Record<never, never>>["log"]) =>
  ({ step, loss, learningRate }: StepReport): void =>
    log(step, { "step loss": loss, "learning rate": learningRate });
