import { AthanorError, contentHash, type LongWork, Random, runAhead, sizeOf, Tensor } from "@athanor/core";
import type { QuantizeOptions, Value } from "@athanor/onnx";
import { compileStep, type Optimizer, type StepDefinition } from "@athanor/runtime";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { DrawnMasks } from "./drawn-masks.ts";
import { type FloatTensors, initialize, initializeInSlices } from "./initialize.ts";
import { type Loss, lossOf } from "./loss.ts";
import type { Network } from "./network.ts";
import { asTargets, type Outputs, type TensorsOf, targetsByName } from "./outputs.ts";
import { takeRows } from "./rows.ts";
import type { Schedule } from "./schedule.ts";
import { constant } from "./schedules/constant.ts";
import { openValidator } from "./validator.ts";

/** Rows to learn from: inputs by name and targets, the batch axis first. */
export interface Rows<T extends Outputs = Value> {
  readonly x: Tensor | Readonly<Record<string, Tensor>>;
  readonly y: TensorsOf<T>;
}

/** A figure from the network's outputs and the targets of all validation rows. */
export type Metric<O extends Outputs = Value, T extends Outputs = Value> = (
  output: TensorsOf<O>,
  target: TensorsOf<T>,
) => number;

/** How a network is trained. */
export interface FitOptions<O extends Outputs = Value, T extends Outputs = Value> extends LongWork {
  /** What training makes small; a function over graph values will do. */
  readonly loss: Loss<O, T> | Loss<O, T>["build"];
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** How many batches come together to one update; 1 by default. */
  readonly accumulate?: number;
  /** A folder that keeps compiled steps for the next training; see `compileStep`. */
  readonly cache?: string | undefined;
  readonly schedule?: Schedule;
  readonly clipNorm?: number;
  /** Rounds weights that the network holds beside its parameters, such as those of a frozen model, to whole numbers. */
  readonly quantize?: QuantizeOptions | undefined;
  readonly validation?: Rows<T>;
  readonly metrics?: Readonly<Record<string, Metric<O, T>>>;
  /** What early stopping watches: `loss` or a metric, and which way is better. */
  readonly watch?: { readonly metric: string; readonly better: "higher" | "lower" };
  /** Epochs without a better validation before training stops; the best weights are kept. */
  readonly patience?: number;
  readonly seed: number;
  /** Called at evenly spaced steps, some two hundred in all, for curves to watch. */
  readonly onStep?: (report: StepReport) => void;
  /** Called for each epoch, those of a resumed checkpoint first. */
  readonly onEpoch?: (report: EpochReport) => void;
  /** Called with a whole checkpoint after each epoch. */
  readonly onCheckpoint?: (bytes: Uint8Array) => Promise<void>;
  /** A checkpoint to go on from; one of another training is ignored. */
  readonly resumeFrom?: Uint8Array | undefined;
  readonly threads?: number;
}

/** Where training is at a step, counted from 1 over all epochs. */
export interface StepReport {
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** What one pass over the rows came to. */
export interface EpochReport {
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  readonly validation?: Readonly<Record<string, number>>;
}

/** A trained network with its history. */
export interface Fitted<O extends Outputs = Value> {
  readonly network: Network<O>;
  /** Parameters and buffers by name: of the best epoch with validation, of the last without. */
  readonly weights: FloatTensors;
  readonly history: readonly EpochReport[];
  readonly bestEpoch: number;
}

/**
 * Trains a network. Rows are shuffled anew each epoch; those left over when the batch size does not divide them sit out that epoch.
 *
 * Sampling and masks are functions of the seed and the step, so that a resumed training ends bit for bit as an undisturbed one.
 *
 * @throws `nn/rows` for inputs that do not fit the network or each other, `nn/diverged` when the loss is no number any more
 */
export async function fit<O extends Outputs = Value, T extends Outputs = Value>(
  network: Network<O>,
  data: Rows<T>,
  options: FitOptions<O, T>,
): Promise<Fitted<O>> {
  const { epochs, seed, signal, onProgress, schedule = constant(), learningRate, metrics = {} } = options;
  const { inputs, count } = checkRows(network, data);
  const targets = targetsByName(data.y);
  const fed = Object.entries({ ...inputs, ...targets });
  const batchSize = Math.min(options.batchSize, count);
  const stepsPerEpoch = Math.floor(count / batchSize);
  const random = Random.from(seed);
  const identity = identityOf(network, targets, options, batchSize);

  const { definition, masks } = await trainingDefinition(network, targets, options, batchSize);
  await using step = await compileStep(definition, {
    cache: options.cache,
    ...(options.accumulate === undefined ? {} : { accumulate: options.accumulate }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  await using validator = options.validation
    ? await openValidator(network, lossOf(options.loss), options.validation, metrics)
    : undefined;
  const weightNames = [...Object.keys(network.parameters), ...Object.keys(network.buffers)];
  const weightsNow = (): FloatTensors => {
    const { states } = step.snapshot();
    const { resultSlot } = options.optimizer;
    return Object.fromEntries(weightNames.map((name) => [name, states[`${name}.${resultSlot}`] ?? states[name]!]));
  };

  const history: EpochReport[] = [];
  let best: Checkpoint["best"];
  const resumed = options.resumeFrom && readCheckpoint(options.resumeFrom);
  if (resumed && resumed.identity === identity) {
    step.restore(resumed.snapshot);
    history.push(...resumed.history);
    best = resumed.best;
    for (const report of history) options.onEpoch?.(report);
  }
  const steps = epochs * stepsPerEpoch;
  const reportEvery = Math.ceil(steps / 200);
  const { metric: watched, better } = options.watch ?? { metric: "loss", better: "lower" as const };
  const isDone = () =>
    best !== undefined && options.patience !== undefined && history.length - best.epoch > options.patience;

  for (let epoch = history.length + 1; epoch <= epochs && !isDone(); epoch++) {
    const order = random.split(`epoch ${epoch}`).permutation(count);
    let total = 0;
    const rateAt = (i: number) => learningRate * schedule((epoch - 1) * stepsPerEpoch + i, steps);
    const start = (i: number) => {
      const rows = order.subarray(i * batchSize, (i + 1) * batchSize);
      const batch = Object.fromEntries(fed.map(([name, tensor]) => [name, takeRows(tensor, rows)]));
      const own = random.split(`masks ${(epoch - 1) * stepsPerEpoch + i}`);
      const feeds = { ...batch, ...masks.draw(own) };
      return step.run(feeds, { learningRate: rateAt(i), signal });
    };
    await runAhead(stepsPerEpoch, start, ({ loss }, i) => {
      signal?.throwIfAborted();
      if (!Number.isFinite(loss)) throw diverged(loss, (epoch - 1) * stepsPerEpoch + i, rateAt(i));
      total += loss;
      const at = (epoch - 1) * stepsPerEpoch + i;
      if (at % reportEvery === 0) options.onStep?.({ step: at + 1, loss, learningRate: rateAt(i) });
      onProgress?.({
        stage: `epoch ${epoch}/${epochs}`,
        done: i + 1,
        total: stepsPerEpoch,
        unit: "steps",
        metrics: { loss: total / (i + 1), "learning rate": rateAt(i) },
      });
    });
    const validation = await validator?.evaluate(weightsNow(), { signal });
    history.push({
      epoch,
      loss: total / stepsPerEpoch,
      learningRate: rateAt(stepsPerEpoch - 1),
      ...(validation ? { validation } : {}),
    });
    options.onEpoch?.(history.at(-1)!);
    const score = validation?.[watched];
    if (
      score !== undefined &&
      (best === undefined || (better === "higher" ? score > best.score : score < best.score))
    ) {
      best = { epoch, score, weights: weightsNow() };
    }
    await options.onCheckpoint?.(writeCheckpoint({ identity, snapshot: step.snapshot(), best, history }));
  }
  return { network, weights: best?.weights ?? weightsNow(), history, bestEpoch: best?.epoch ?? history.length };
}

async function trainingDefinition<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  targets: Readonly<Record<string, Tensor>>,
  { loss, optimizer, clipNorm, quantize, seed, signal }: FitOptions<O, T>,
  batchSize: number,
) {
  const specs = Object.entries(network.inputs).map(
    ([name, { dtype, shape }]) => [name, { dtype, shape: [batchSize, ...shape] }] as const,
  );
  const wanted = Object.entries(targets).map(
    ([name, { dtype, shape }]) => [name, { dtype, shape: [batchSize, ...shape.slice(1)] }] as const,
  );
  const masks = new DrawnMasks();
  const definition: StepDefinition = {
    inputs: Object.fromEntries([...specs, ...wanted]),
    parameters: await initializeInSlices(network.parameters, seed, signal),
    buffers: initialize(network.buffers, seed),
    optimizer,
    clipNorm,
    quantize,
    build(g, values) {
      const moved: Record<string, (typeof values.buffers)[string]> = {};
      const output = network.build({
        g,
        ...values,
        isTraining: true,
        batch: batchSize,
        mask: masks.of(g),
        moveBuffer: (name, value) => {
          moved[name] = value;
        },
      });
      return { loss: lossOf(loss).build(g, output, asTargets(values.inputs) as T), buffers: moved };
    },
  };
  return { definition, masks };
}

function checkRows<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  { x, y }: Rows<T>,
): { readonly inputs: Readonly<Record<string, Tensor>>; readonly count: number } {
  const inputs = x instanceof Tensor ? { [Object.keys(network.inputs)[0]!]: x } : x;
  const targets = Object.entries(targetsByName(y));
  const [{ shape: [count = 0] = [] } = {}] = [...targets.map(([, tensor]) => tensor), ...Object.values(inputs)];
  const fail = (expected: string, got: string): never => {
    throw new AthanorError("nn/rows", `fit: expected ${expected}, got ${got}`, {
      fix: "Give inputs and targets with one row each per example.",
    });
  };
  if (count === 0) fail("at least one row", "none");
  for (const [name, { dtype, shape }] of Object.entries(network.inputs)) {
    const given = inputs[name];
    if (given === undefined) fail(`the input ${name}`, Object.keys(inputs).join(", ") || "nothing");
    else if (given.dtype !== dtype || given.shape[0] !== count || sizeOf(given.shape.slice(1)) !== sizeOf(shape)) {
      fail(`${name} to be ${dtype} [${[count, ...shape].join(", ")}]`, `${given.dtype} [${given.shape.join(", ")}]`);
    }
  }
  for (const [name, { shape }] of targets)
    if (shape[0] !== count) fail(`${count} rows of ${name}`, `[${shape.join(", ")}]`);
  return { inputs, count };
}

const identityOf = <O extends Outputs, T extends Outputs>(
  network: Network<O>,
  targets: Readonly<Record<string, Tensor>>,
  options: FitOptions<O, T>,
  batchSize: number,
): string =>
  contentHash([
    network.name,
    network.parameters,
    network.inputs,
    Object.entries(targets).map(([name, { shape }]) => [name, shape]),
    lossOf(options.loss).name,
    options.optimizer,
    options.learningRate,
    options.epochs,
    batchSize,
    ...(options.accumulate === undefined ? [] : [options.accumulate]),
    ...(options.quantize === undefined ? [] : [options.quantize]),
    options.seed,
  ]);

const diverged = (loss: number, step: number, learningRate: number): AthanorError =>
  new AthanorError(
    "nn/diverged",
    `fit: expected a finite loss, got ${loss} at step ${step} with learning rate ${learningRate}`,
    {
      fix: "Lower the learning rate, set clipNorm, or look for NaN in the data.",
      details: { loss, step, learningRate },
    },
  );
