import { AthanorError, integer, type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { compileStep } from "@athanor/runtime";
import type { BatchSource, Rows } from "../batch-source.ts";
import type { FitOptions } from "../fit-options.ts";
import type { Network } from "../network.ts";
import type { Outputs } from "../outputs.ts";
import { ahead } from "./ahead.ts";
import { prepareTraining } from "./prepare-training.ts";

const sweep = {
  lowest: real(1e-7, "rate of the first step", { min: 1e-12, max: 100 }),
  highest: real(10, "rate of the last step", { min: 1e-12, max: 100 }),
  steps: integer(100, "steps from the lowest rate to the highest", { min: 10 }),
};

/** What a sweep of learning rates takes of the options of a training, and how it goes. */
export type FindLearningRateOptions<O extends Outputs = Value, T extends Outputs = Value> = OptionInput<typeof sweep> &
  Omit<
    FitOptions<O, T>,
    | "learningRate"
    | "schedule"
    | "epochs"
    | "validation"
    | "metrics"
    | "watch"
    | "patience"
    | "resumeFrom"
    | "keep"
    | "fastDevRun"
    | "accumulate"
    | "onStep"
    | "onEpoch"
    | "onCheckpoint"
  >;

/** The loss at one rate. */
export interface RateTrial {
  readonly learningRate: number;
  readonly loss: number;
  /** The loss with what came before: its moving average, whose start is corrected for. */
  readonly smoothed: number;
}

/** A curve of losses over rising rates, up to where training bursts, and the rate at which the loss falls most steeply. */
export interface FoundLearningRate {
  readonly learningRate: number;
  readonly curve: readonly RateTrial[];
}

/** How much of the moving average stays at each step. */
const decay = 0.9;
/** A loss that is more than this many times the least so far above it has burst. */
const burst = 3;

/**
 * Trains with a rate that rises exponentially from step to step, and suggests the one at which the loss fell most steeply. It starts
 * from the network's first values and keeps nothing of what it learns.
 *
 * @throws `nn/learning-rate` when the loss falls at no rate, and what `fit` throws for the data
 * @see Smith 2017, https://arxiv.org/abs/1506.01186
 */
export async function findLearningRate<O extends Outputs = Value, T extends Outputs = Value>(
  network: Network<O>,
  data: Rows<T> | BatchSource<T>,
  { lowest: from, highest: to, steps: count, ...options }: FindLearningRateOptions<O, T>,
): Promise<FoundLearningRate> {
  const { lowest, highest, steps } = resolveOptions("findLearningRate", sweep, {
    ...(from === undefined ? {} : { lowest: from }),
    ...(to === undefined ? {} : { highest: to }),
    ...(count === undefined ? {} : { steps: count }),
  });
  const { signal, onProgress, threads, cache } = options;
  const { definition, plan, feedsAt } = await prepareTraining(network, data, {
    ...(options as unknown as FitOptions<O, T>),
    learningRate: lowest,
    epochs: 1,
  });
  await using step = await compileStep(definition, { cache, ...(threads === undefined ? {} : { threads }) });
  const rows: Uint32Array[] = [];
  for (let epoch = 1; rows.length < steps; epoch++) rows.push(...plan.batches(epoch));
  const batches = ahead(steps, (i) => feedsAt(i, rows[i]!));
  const curve: RateTrial[] = [];
  let [average, least] = [0, Number.POSITIVE_INFINITY];
  try {
    for (let i = 0; i < steps; i++) {
      const learningRate = lowest * (highest / lowest) ** (i / (steps - 1));
      const { loss } = await step.run(await batches.next(), { learningRate, signal });
      average = decay * average + (1 - decay) * loss;
      const smoothed = average / (1 - decay ** (i + 1));
      // The first steps have hardly a rate: what they differ by is chance.
      if (!Number.isFinite(loss) || (i > 0 && smoothed - least > burst * Math.abs(least))) break;
      least = Math.min(least, smoothed);
      curve.push({ learningRate, loss, smoothed });
      onProgress?.({
        stage: "learning rates",
        done: i + 1,
        total: steps,
        unit: "steps",
        metrics: { loss, "learning rate": learningRate },
      });
    }
  } finally {
    await batches.settled();
  }
  return { learningRate: steepest(curve), curve };
}

/** Where the smoothed loss falls most from the step before to the step after; rates rise evenly on a logarithmic scale. */
function steepest(curve: readonly RateTrial[]): number {
  let [rate, fall] = [0, 0];
  for (let i = 1; i < curve.length - 1; i++) {
    const own = curve[i - 1]!.smoothed - curve[i + 1]!.smoothed;
    if (own > fall) [rate, fall] = [curve[i]!.learningRate, own];
  }
  if (fall > 0) return rate;
  throw new AthanorError("nn/learning-rate", "findLearningRate: expected a rate at which the loss falls, got none", {
    fix: "Take more steps, begin with a lower rate, or look whether the network can learn one batch with `overfitBatches`.",
    details: { curve },
  });
}
