import { integer, type OptionSpec, type OptionValues, oneOf, real } from "@athanor/core";
import { adamW, cosine, type EpochReport, type FitOptions, oneCycle, sgd } from "@athanor/nn";
import type { TrainContext } from "./define-task.ts";
import { logSteps } from "./log-steps.ts";

/** How a network learns, whatever it learns. */
export const trainingOptions = {
  epochs: integer(25, "passes over the rows", { min: 1, max: 1000 }),
  batchSize: integer(32, "rows of a step", { min: 1 }),
  learningRate: real(0.003, "step size", { min: 0, scale: "log" }),
  optimizer: oneOf("adamW", "how weights move", ["adamW", "sgd"]),
  weightDecay: real(0.01, "pull of the weights towards zero", { min: 0 }),
  schedule: oneOf("cosine", "how the step size changes", ["cosine", "oneCycle"]),
  threads: integer(null, "threads of a step; ATHANOR_THREADS, or all cores, when null", { min: 1 }),
};

/** The part of `fit`'s options that follows from a task's options and its surroundings. */
export async function trainingOf<S extends OptionSpec>(
  chosen: OptionValues<typeof trainingOptions>,
  { seed, signal, onProgress, log, checkpoint, cache }: TrainContext<S>,
) {
  const { weightDecay, epochs, batchSize, learningRate } = chosen;
  const threads = chosen.threads ?? Number(process.env.ATHANOR_THREADS ?? 0);
  return {
    optimizer:
      chosen.optimizer === "sgd" ? sgd({ momentum: 0.9, nesterov: true, weightDecay }) : adamW({ weightDecay }),
    schedule: chosen.schedule === "oneCycle" ? oneCycle({ peakAt: 0.25 }) : cosine({ warmUpSteps: 10 }),
    learningRate,
    epochs,
    batchSize,
    ...(threads > 0 ? { threads } : {}),
    seed,
    signal,
    onProgress,
    onStep: logSteps(log),
    onEpoch: ({ epoch, loss, validation = {} }: EpochReport) =>
      log(epoch, {
        "train loss": loss,
        ...Object.fromEntries(Object.entries(validation).map(([name, figure]) => [`validation ${name}`, figure])),
      }),
    resumeFrom: await checkpoint.load(),
    onCheckpoint: (bytes: Uint8Array) => checkpoint.save(bytes),
    cache,
  } satisfies Partial<FitOptions>;
}

/** The losses of a training as curves of a report. */
export const curvesOf = (history: readonly EpochReport[]) => [
  { name: "train loss", points: history.map(({ epoch, loss }) => [epoch, loss] as const) },
  ...(history.every(({ validation }) => validation)
    ? [
        {
          name: "validation loss",
          points: history.map(({ epoch, validation }) => [epoch, validation!.loss!] as const),
        },
      ]
    : []),
];
