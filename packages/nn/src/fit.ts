import { peakMemoryBytes } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { compileStep, type StepSnapshot } from "@athanor/runtime";
import { type BatchSource, openSource, type Rows } from "./batch-source.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { EpochReport, FitOptions, Fitted } from "./fit-options.ts";
import type { FloatTensors } from "./initialize.ts";
import { lossOf } from "./loss.ts";
import type { Network } from "./network.ts";
import type { Outputs } from "./outputs.ts";
import { checkWatch } from "./training/check-watch.ts";
import { explainingDivergence, wholeSnapshot } from "./training/explain-divergence.ts";
import { prepareTraining } from "./training/prepare-training.ts";
import { runEpoch } from "./training/run-epoch.ts";
import { standingOf } from "./training/standing.ts";
import { openValidator } from "./validator.ts";

/** Graphs that stay open where batches are not equally long: one a length, and another for the last, smaller batch. */
const lengthsKept = 32;

/**
 * Trains a network. Rows come in a new order each epoch; the next batches are made while a step computes.
 *
 * The order, what a source draws, and masks are functions of the seed and the step, so that a resumed training ends bit for bit as
 * an undisturbed one.
 *
 * @throws `nn/rows`, `nn/label`, `nn/index` for data that does not fit the network or each other, `nn/diverged` when loss or weights
 * are no numbers any more, `nn/memory` when there is none for a batch, `nn/watch` for a watched metric that validation does not give
 */
export async function fit<O extends Outputs = Value, T extends Outputs = Value>(
  network: Network<O>,
  data: Rows<T> | BatchSource<T>,
  given: FitOptions<O, T>,
): Promise<Fitted<O>> {
  const options = given.fastDevRun ? { ...given, epochs: 1, overfitBatches: 1 } : given;
  const { epochs, signal, accumulate, threads, cache, patience, device = "cpu" } = options;
  const watch = options.watch ?? { metric: "loss", better: "lower" as const };
  const training = await prepareTraining(network, data, options);
  const { identity, definition, batchSize } = training;
  const hasLengths = Object.values(network.inputs).some(({ shape }) => shape.some((axis) => typeof axis === "string"));
  await using step = await compileStep(definition, {
    cache,
    device,
    ...(hasLengths ? { maxGraphs: lengthsKept } : {}),
    ...(accumulate === undefined ? {} : { accumulate }),
    ...(threads === undefined ? {} : { threads }),
  });
  await using validator = options.validation
    ? await openValidator(network, lossOf(options.loss), openSource(network, options.validation), options)
    : undefined;
  const weightNames = [...Object.keys(network.parameters), ...Object.keys(network.buffers)];
  const weightsOf = ({ states }: StepSnapshot): FloatTensors => {
    const { resultSlot } = options.optimizer;
    return Object.fromEntries(weightNames.map((name) => [name, states[`${name}.${resultSlot}`] ?? states[name]!]));
  };

  const history: EpochReport[] = [];
  let best: Checkpoint["best"];
  const resumed = options.resumeFrom && readCheckpoint(options.resumeFrom);
  if (resumed && resumed.identity === identity) {
    await step.restore(resumed.snapshot);
    history.push(...resumed.history);
    best = resumed.best;
    for (const report of history) options.onEpoch?.(report);
  }
  let snapshot = await step.snapshot();
  if (validator && history.length === 0) {
    checkWatch(await validator.evaluate(weightsOf(snapshot), { signal }, 2 * batchSize), watch);
  }
  const isDone = () => best !== undefined && patience !== undefined && history.length - best.epoch > patience;

  for (let epoch = history.length + 1; epoch <= epochs && !isDone(); epoch++) {
    const run = { step, training, epoch, start: snapshot, accumulate, signal };
    const { loss, speed } = await explainingDivergence(run, () => runEpoch(step, training, epoch, options));
    snapshot = await explainingDivergence(run, () => wholeSnapshot(run, loss));
    const weights = weightsOf(snapshot);
    const validation = await validator?.evaluate(weights, { signal }, given.fastDevRun ? batchSize : undefined);
    history.push({
      epoch,
      loss,
      learningRate: training.rateAt(epoch * training.plan.stepsPerEpoch - 1),
      ...(validation ? { validation } : {}),
      speed: { ...speed, peakMemoryBytes: peakMemoryBytes() },
    });
    options.onEpoch?.(history.at(-1)!);
    const standing = standingOf(history, watch, options.keep?.best);
    if (validation && standing.rank === 1) best = { epoch, score: validation[watch.metric]!, weights };
    await options.onCheckpoint?.(writeCheckpoint({ identity, snapshot, best, history }), standing);
  }
  return { network, weights: best?.weights ?? weightsOf(snapshot), history, bestEpoch: best?.epoch ?? history.length };
}
