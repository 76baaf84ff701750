import { Random } from "@athanor/core";
import type { StepDefinition } from "@athanor/runtime";
import { type BatchSource, type Feeds, openSource, type Rows } from "../batch-source.ts";
import type { FitOptions } from "../fit-options.ts";
import type { Network } from "../network.ts";
import type { Outputs } from "../outputs.ts";
import { shuffled } from "../samplers/shuffled.ts";
import { constant } from "../schedules/constant.ts";
import { axisLengths } from "./axis-lengths.ts";
import { type EpochPlan, epochPlan } from "./epoch-plan.ts";
import { checkIndices, indexLimits } from "./index-limits.ts";
import { atLength, forwardPass, trainingDefinition } from "./training-definition.ts";
import { trainingIdentity } from "./training-identity.ts";

/** A training before its step is compiled: all of it follows from the options and the seed. */
export interface Training {
  readonly identity: string;
  readonly definition: StepDefinition;
  readonly batchSize: number;
  readonly plan: EpochPlan;
  /** All steps of all epochs. */
  readonly steps: number;
  /** What the graph is fed at a step, counted from 0 over all epochs. */
  feedsAt(step: number, rows: Uint32Array): Promise<Feeds>;
  rateAt(step: number): number;
}

/** @throws `nn/rows`, `nn/label`, `nn/index` for data that does not fit the network */
export async function prepareTraining<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  data: Rows<T> | BatchSource<T>,
  options: FitOptions<O, T>,
): Promise<Training> {
  const {
    sampler = shuffled(),
    schedule = constant(),
    learningRate,
    epochs,
    dropLast,
    overfitBatches,
    signal,
  } = options;
  const source = openSource(network, data);
  const { count } = source;
  const batchSize = Math.min(options.batchSize, count);
  const random = Random.from(options.seed);
  const { definition, masks } = await trainingDefinition(network, source, options);
  const { inputs } = definition;
  const forward = forwardPass(definition, { ...sampleLengths(inputs), batch: batchSize });
  const limits = indexLimits(forward);
  if (source.whole) checkIndices(limits, source.whole);

  // Statistics of a few rows are of little worth, and of one row none.
  const normalizes = forward.nodes.some(({ attributes }) => Number(attributes.training_mode?.value ?? 0) === 1);
  const dropsLast = (rest: number) => dropLast ?? (rest < 2 || normalizes);
  const plan = epochPlan({ count, batchSize, sampler, random, dropsLast, onlyBatches: overfitBatches });
  const { lengths, stepsPerEpoch } = plan;
  const steps = epochs * stepsPerEpoch;
  return {
    identity: trainingIdentity({ network, forward, definition, options, count, lengths, stepsPerEpoch }),
    definition: lengths.length === 1 ? atLength(definition, batchSize) : definition,
    batchSize,
    plan,
    steps,
    rateAt: (step) => learningRate * schedule(step, steps),
    async feedsAt(step, rows) {
      const batch = await source.take(rows, random.split(`rows ${step}`), signal);
      if (source.whole === undefined) checkIndices(limits, batch, rows);
      const own = axisLengths(inputs, batch);
      const key = JSON.stringify(own);
      if (!masks.knows(key)) forwardPass(definition, own);
      return { ...batch, ...masks.draw(random.split(`masks ${step}`), key) };
    },
  };
}

/** What a graph is built for to be looked at: any length of an axis that batches decide. */
const sampleLengths = (inputs: StepDefinition["inputs"]): Record<string, number> =>
  Object.fromEntries(
    Object.values(inputs).flatMap(({ shape }) =>
      shape.flatMap((axis) => (typeof axis === "string" ? [[axis, 8]] : [])),
    ),
  );
