import { AthanorError, type LongWork, Random, sizeOf, Tensor } from "@athanor/core";
import { compileStep, type Optimizer } from "@athanor/runtime";
import type { FloatTensors } from "../initialize.ts";
import type { Network } from "../network.ts";
import { takeRows } from "../rows.ts";
import { discriminatorStep, generatorStep } from "./gan-steps.ts";

/** How two networks are trained against each other. */
export interface FitGanOptions extends LongWork {
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  readonly learningRates: { readonly generator: number; readonly discriminator: number };
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly onStep?: (report: GanReport) => void;
  readonly threads?: number;
}

/** What both made small at a step, counted from 1. */
export interface GanReport {
  readonly step: number;
  readonly generatorLoss: number;
  readonly discriminatorLoss: number;
}

/** Two networks trained against each other: parameters and buffers by name. */
export interface FittedGan {
  readonly generator: FloatTensors;
  readonly discriminator: FloatTensors;
}

/**
 * Trains a generator, from normal noise to what looks real, and a discriminator that tells it from the real rows by one score
 * a row. Each step moves the generator, then the discriminator by what the generator had just made.
 *
 * @param real rows of the shape that the generator puts out
 * @throws `nn/rows` when the rows do not fit the discriminator, `nn/diverged` when a loss is no number any more
 * @see Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661; the generator's loss does not saturate
 */
export async function fitGan(
  { generator, discriminator }: { readonly generator: Network; readonly discriminator: Network },
  real: Tensor,
  options: FitGanOptions,
): Promise<FittedGan> {
  const { steps, batchSize, seed, signal, onProgress, learningRates } = options;
  checkReal(discriminator, real);
  const [noise] = Object.values(generator.inputs);
  const noiseShape = [batchSize, ...(noise!.shape as readonly number[])];
  const random = Random.from(seed);
  const first = generatorStep(generator, discriminator, options, noiseShape);
  const second = discriminatorStep(discriminator, options, real.shape.slice(1));
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  await using making = await compileStep(first.definition, threads);
  await using judging = await compileStep(second.definition, threads);

  for (let step = 1; step <= steps; step++) {
    signal?.throwIfAborted();
    const own = random.split(`step ${step}`);
    const judge = named("judge:", (await judging.snapshot()).states, discriminator);
    const drawn = { noise: normal(own.split("noise"), noiseShape), ...first.masks.draw(own.split("generator")) };
    const made = await making.run({ ...judge, ...drawn }, { learningRate: learningRates.generator, signal });
    const rows = Array.from({ length: batchSize }, () => own.integer(real.shape[0]!));
    const batch = {
      real: takeRows(real, rows),
      made: made.metrics.made!,
      ...second.masks.draw(own.split("discriminator")),
    };
    const judged = await judging.run(batch, { learningRate: learningRates.discriminator, signal });
    const report = { step, generatorLoss: made.loss, discriminatorLoss: judged.loss };
    checkFinite(report);
    options.onStep?.(report);
    const metrics = { generator: made.loss, discriminator: judged.loss };
    onProgress?.({ stage: "adversarial training", done: step, total: steps, unit: "steps", metrics });
  }
  return {
    generator: named("", (await making.snapshot()).states, generator),
    discriminator: named("", (await judging.snapshot()).states, discriminator),
  };
}

const named = (prefix: string, states: FloatTensors, { parameters, buffers }: Network): FloatTensors =>
  Object.fromEntries(
    [...Object.keys(parameters), ...Object.keys(buffers)].map((name) => [`${prefix}${name}`, states[name]!]),
  );

const normal = (random: Random, shape: readonly number[]): Tensor =>
  new Tensor(
    "float32",
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );

function checkReal({ inputs }: Network, { dtype, shape }: Tensor): void {
  const [input] = Object.values(inputs);
  if (dtype === "float32" && shape.slice(1).join() === input!.shape.join() && shape[0]! > 0) return;
  throw new AthanorError(
    "nn/rows",
    `fitGan: expected real rows of float32 [rows, ${input!.shape.join(", ")}], got ${dtype} [${shape.join(", ")}]`,
    { fix: "Give rows of the discriminator's input shape.", details: { dtype, shape } },
  );
}

function checkFinite({ step, generatorLoss, discriminatorLoss }: GanReport): void {
  if (Number.isFinite(generatorLoss) && Number.isFinite(discriminatorLoss)) return;
  throw new AthanorError(
    "nn/diverged",
    `fitGan: expected finite losses, got ${generatorLoss} and ${discriminatorLoss} at step ${step}`,
    { fix: "Lower the learning rates.", details: { step, generatorLoss, discriminatorLoss } },
  );
}
