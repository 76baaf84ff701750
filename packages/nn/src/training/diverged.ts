import { AthanorError } from "@athanor/core";

/** Where training stopped being of numbers. */
export interface Divergence {
  readonly what: "loss" | "weights";
  readonly loss: number;
  /** Counted from 0 over all epochs. */
  readonly step: number;
  readonly learningRate: number;
}

/** Where it began: as a sentence, and as data. */
export interface Cause {
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export function diverged(divergence: Divergence, cause?: Cause): AthanorError {
  const { what, loss, step, learningRate } = divergence;
  const got =
    what === "loss" ? `expected a finite loss, got ${loss}` : "expected finite weights, got some that are not";
  const where = `at step ${step} with learning rate ${learningRate}`;
  return new AthanorError("nn/diverged", `fit: ${got} ${where}${cause ? `: ${cause.text}` : ""}`, {
    fix: "Lower the learning rate, set clipNorm, or look for NaN in the data; the last checkpoint is of finite weights.",
    details: { ...divergence, ...(cause ? { cause: cause.details } : {}) },
  });
}
