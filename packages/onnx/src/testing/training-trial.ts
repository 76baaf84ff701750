import { Random, Tensor } from "@athanor/core";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { ImportOptions } from "../import/prepare-model.ts";
import { trainable } from "../import/trainable.ts";
import type { Model } from "../model.ts";
import { loadTensor } from "../stored-tensor.ts";
import { verify } from "../verify.ts";
import { doubleGraph } from "./double-graph.ts";
import { widen } from "./in-double.ts";
import { openModel } from "./run-model.ts";

export type Tensors = Readonly<Record<string, Tensor>>;

export interface TrialOptions extends ImportOptions {
  readonly feeds: (inputs: GraphBuilder["inputs"], random: Random) => Tensors;
  /** Stored tables that are not learned. */
  readonly frozen?: RegExp;
  readonly seed?: number;
}

export interface TrainingTrial {
  readonly weights: Tensors;
  readonly gradients: Readonly<Record<string, Float32Array>>;
  readonly loss: number;
  readonly feeds: Tensors;
  readonly random: Random;
  /** What the model gives with other weights. */
  outputsAt(weights: Tensors): Promise<Tensors>;
  /** Opens the model in double precision; fails where the runtime lacks a kernel for it. */
  inDouble(): Promise<(weights: Tensors) => Promise<Tensors>>;
  lossOf(outputs: Tensors): number;
}

/**
 * A model with a loss, the mean square of its outputs' distance to random targets, and its gradients in the runtime.
 *
 * The distance is summed in double precision, so that small differences of the loss keep their digits.
 */
export async function openTrial(
  model: Model,
  { feeds: draw, frozen, seed = 5, ...options }: TrialOptions,
): Promise<TrainingTrial> {
  const random = Random.from(seed);
  const forward = GraphBuilder.from(model, options);
  const learned = trainable(forward).filter(({ name, dtype }) => dtype === "float32" && !frozen?.test(name));
  const feeds = draw(forward.inputs, random);
  const plain = forward.build();
  verify(plain);
  const run = await openModel(
    fed(
      plain,
      learned.map(({ name }) => name),
    ),
  );
  const weights = Object.fromEntries(
    learned.map(({ name }) => [name, loadTensor(plain.graph.initializers.get(name)!)]),
  );
  const outputs = await run({ ...feeds, ...weights });
  const names = plain.graph.outputs.filter(({ dtype }) => dtype === "float32").map(({ name }) => name);
  const targets = new Map(names.map((name) => [name, away(outputs[name]!, random)]));

  const g = GraphBuilder.from(model, options);
  const terms = names.map((name) => {
    const distance = g.sub(g.value(name), g.constant(targets.get(name)!));
    return g.reduceMean(g.mul(distance, distance));
  });
  const slopes = gradient(
    g,
    terms.reduce((total, term) => g.add(total, term)),
    learned.map(({ name }) => g.value(name)),
  );
  for (const [i, { name }] of learned.entries()) g.output(`gradient:${name}`, slopes[i]!);
  const training = g.build();
  verify(training);
  const results = await (await openModel(fed(training, Object.keys(weights))))({ ...feeds, ...weights });

  const lossOf = (given: Tensors): number =>
    names.reduce((total, name) => total + meanSquare(given[name]!, targets.get(name)!), 0);
  return {
    weights,
    gradients: Object.fromEntries(learned.map(({ name }) => [name, results[`gradient:${name}`]!.data as Float32Array])),
    loss: lossOf(outputs),
    feeds,
    random,
    outputsAt: (given) => run({ ...feeds, ...given }),
    async inDouble() {
      const doubles = await openModel(fed(doubleGraph(plain), Object.keys(weights)));
      const wide = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, widen(tensor)]));
      return (given) => doubles({ ...wide, ...given });
    },
    lossOf,
  };
}

/** The model with some of its initializers fed. */
function fed(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const initializers = new Map(graph.initializers);
  const inputs = names.map((name) => {
    const { dtype, shape } = initializers.get(name)!;
    initializers.delete(name);
    return { name, dtype, shape };
  });
  return { ...model, graph: { ...graph, inputs: [...graph.inputs, ...inputs], initializers } };
}

/** Values about as far from the given ones as those are from zero. */
function away({ data, shape }: Tensor, random: Random): Tensor<"float32"> {
  const values = data as Float32Array;
  const size = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length) || 1;
  return new Tensor(
    "float32",
    values.map((value) => value + size * random.normal()),
    shape,
  );
}

function meanSquare(a: Tensor, b: Tensor): number {
  const [x, y] = [a.data as Float32Array, b.data as Float32Array];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) ** 2;
  return sum / x.length;
}

/**
 * The loss difference between weights moved forth and back along a random direction, over what the gradients foretell.
 *
 * Each weight moves by a random share of itself, uphill: shares keep every change above the rounding of the sums it
 * enters, and uphill moves add where random signs would cancel. What the rounded weights really moved by is foretold.
 */
export async function agreement(trial: TrainingTrial, step: number, directions: number): Promise<number> {
  const { weights, gradients, random, outputsAt, lossOf } = trial;
  let [measured, foretold] = [0, 0];
  for (let k = 0; k < directions; k++) {
    const shares = Object.fromEntries(
      Object.entries(weights).map(([name, { data }]) => [name, uphill(data as Float32Array, gradients[name]!, random)]),
    );
    const [forth, back] = [moved(weights, shares, step), moved(weights, shares, -step)];
    measured += lossOf(await outputsAt(forth)) - lossOf(await outputsAt(back));
    for (const [name, slopes] of Object.entries(gradients)) {
      const [a, b] = [forth[name]!.data as Float32Array, back[name]!.data as Float32Array];
      for (let i = 0; i < slopes.length; i++) foretold += slopes[i]! * (a[i]! - b[i]!);
    }
  }
  return measured / foretold;
}

/** How far along a random direction the weights move, as a share of their size: bends are rarely met on so short a way. */
const short = 1e-8;

/**
 * How far the loss in double precision changes otherwise than the gradients foretell, along the worst of a few directions.
 *
 * Directions are drawn from a normal distribution, each weight moving by a share of itself: channels that were pruned to
 * zero rest on the bend of their rectifier. The distance is a share of the change that is typical of such a direction.
 */
export async function disagreement(trial: TrainingTrial, directions: number): Promise<number> {
  const { weights, gradients, random, lossOf } = trial;
  const run = await trial.inDouble();
  let worst = 0;
  for (let k = 0; k < directions; k++) {
    const ways = Object.fromEntries(
      Object.entries(weights).map(([name, { data }]) => {
        const values = data as Float32Array;
        const least = values.some((value) => value !== 0) ? 0 : 1;
        return [name, Float64Array.from(values, (value) => Math.max(Math.abs(value), least) * random.normal())];
      }),
    );
    const at = (step: number) =>
      Object.fromEntries(
        Object.entries(weights).map(([name, { data, shape }]) => [
          name,
          new Tensor(
            "float64",
            Float64Array.from(data as Float32Array, (value, i) => value + step * ways[name]![i]!),
            shape,
          ),
        ]),
      );
    const measured = (lossOf(await run(at(short))) - lossOf(await run(at(-short)))) / (2 * short);
    let [foretold, square] = [0, 0];
    for (const [name, slopes] of Object.entries(gradients))
      for (const [i, slope] of slopes.entries()) {
        const change = slope * ways[name]![i]!;
        foretold += change;
        square += change * change;
      }
    worst = Math.max(worst, Math.abs(measured - foretold) / Math.sqrt(square));
  }
  return worst;
}

const uphill = (values: Float32Array, slopes: Float32Array, random: Random): Float32Array => {
  const least = values.some((value) => value !== 0) ? 0 : 1;
  return values.map(
    (value, i) => Math.max(Math.abs(value), least) * Math.abs(random.normal()) * (Math.sign(slopes[i]!) || 1),
  );
};

/** Weights moved along a direction. */
export const moved = (weights: Tensors, by: Readonly<Record<string, Float32Array>>, step: number): Tensors =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { data, shape }]) => [
      name,
      new Tensor(
        "float32",
        (data as Float32Array).map((value, i) => value + step * by[name]![i]!),
        shape,
      ),
    ]),
  );
