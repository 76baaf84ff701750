import { AthanorError, type Tensor } from "@athanor/core";
import { findNonFinite, type StepSnapshot, type TrainingStep } from "@athanor/runtime";
import type { FloatTensors } from "../initialize.ts";
import { type Cause, type Divergence, diverged } from "./diverged.ts";
import type { Training } from "./prepare-training.ts";

/** An epoch that is run, with what it takes to run it again. */
export interface EpochRun {
  readonly step: TrainingStep;
  readonly training: Training;
  /** Counted from 1. */
  readonly epoch: number;
  /** State before its first step. */
  readonly start: StepSnapshot;
  readonly accumulate?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does part of an epoch. Where it diverges, the epoch is run again up to that step, and each value of the batch that began it is
 * looked at, for the error to name the first that is no number.
 *
 * @throws `nn/diverged`, and what the work throws
 */
export async function explainingDivergence<R>(run: EpochRun, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AthanorError) || error.code !== "nn/diverged") throw error;
    const divergence = error.details as unknown as Divergence;
    throw diverged(divergence, await causeOf(run, divergence));
  }
}

/** @throws `nn/diverged` when weights hold what is no number: they are neither validated nor kept */
export async function wholeSnapshot({ step, training, epoch }: EpochRun, loss: number): Promise<StepSnapshot> {
  const snapshot = await step.snapshot();
  if (areFinite(snapshot.states, Object.keys(training.definition.parameters))) return snapshot;
  const last = epoch * training.plan.stepsPerEpoch - 1;
  throw diverged({ what: "weights", loss, step: last, learningRate: training.rateAt(last) });
}

async function causeOf(run: EpochRun, divergence: Divergence): Promise<Cause | undefined> {
  const { step, training, epoch, start, accumulate = 1, signal } = run;
  const { plan, definition, feedsAt, rateAt } = training;
  const batches = plan.batches(epoch);
  const first = (epoch - 1) * plan.stepsPerEpoch;
  // Weights that are broken after a step are so because of it; a loss that is, may be because of the step before.
  const end = divergence.what === "loss" ? divergence.step : divergence.step + 1;
  const feeds = (i: number) => feedsAt(i, batches[i - first]!);

  const broken = brokenRow(await feeds(divergence.step), batches[divergence.step - first]!);
  if (broken) return broken;
  const closeFrom = end - 2 * accumulate;
  let whole = first >= closeFrom ? { states: start.states, step: first } : undefined;
  await step.restore(start);
  for (let i = first; i < end; i++) {
    await step.run(await feeds(i), { learningRate: rateAt(i), signal });
    if (i + 1 < closeFrom || (i + 1) % accumulate !== 0) continue;
    const { states } = await step.snapshot();
    if (!areFinite(states, Object.keys(definition.parameters)))
      return whole && ofBatches(whole.step, i + 1, whole.states);
    whole = { states, step: i + 1 };
  }
  return divergence.what === "loss" ? ofBatches(end, end + 1, (whole ?? start).states) : undefined;

  /** The first bad value of batches that met the same weights. */
  async function ofBatches(from: number, to: number, states: FloatTensors): Promise<Cause | undefined> {
    for (let i = from; i < to; i++) {
      const found = await findNonFinite(definition, await feeds(i), states);
      if (found === undefined) continue;
      const { node, operator, inputs, parameter } = found;
      const ranges = inputs.map(({ name, min, max }) => `${name} from ${min} to ${max}`).join(", ");
      const near = parameter === undefined ? "" : `, near the parameter ${parameter}`;
      const text = `in step ${i} ${node} (${operator}) makes what is no number of ${ranges || "constants"}${near}`;
      return { text, details: { ...found, step: i } };
    }
    return undefined;
  }
}

function brokenRow(feeds: Readonly<Record<string, Tensor>>, rows: Uint32Array): Cause | undefined {
  for (const [name, tensor] of Object.entries(feeds)) {
    const at = firstBad(tensor);
    if (at === undefined) continue;
    const row = rows[Math.floor(at / (tensor.size / tensor.shape[0]!))]!;
    return { text: `row ${row} of ${name.replace(/:$/, "")} holds ${tensor.data[at]}`, details: { input: name, row } };
  }
  return undefined;
}

const areFinite = (states: FloatTensors, names: readonly string[]): boolean =>
  names.every((name) => firstBad(states[name]!) === undefined);

function firstBad({ dtype, data }: Tensor): number | undefined {
  if (dtype !== "float32") return undefined;
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return undefined;
}
