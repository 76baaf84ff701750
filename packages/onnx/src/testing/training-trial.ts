import { Random, Tensor, type TensorData } from "@athanor/core";
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

export interface TrainingTrial extends Pass {
  readonly weights: Tensors;
  readonly gradients: Readonly<Record<string, Float32Array>>;
  readonly loss: number;
  readonly feeds: Tensors;
  readonly random: Random;
  /** The same model in double precision at the same weights. */
  inDouble(): Promise<Pass>;
  lossOf(outputs: Tensors): number;
  /** What the loss of the first outputs is above that of the second. */
  lossBetween(forth: Tensors, back: Tensors): number;
}

/** A model that is run forth, with what its gradients were at the trial's weights. */
export interface Pass {
  readonly gradients: Readonly<Record<string, Floats>>;
  /** What the model gives with other weights. */
  outputsAt(weights: Tensors): Promise<Tensors>;
}

type Floats = Float32Array | Float64Array;

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
  const weights = Object.fromEntries(
    learned.map(({ name }) => [name, loadTensor(plain.graph.initializers.get(name)!)]),
  );
  const run = await openModel(fed(plain, Object.keys(weights)));
  const outputs = await run({ ...feeds, ...weights });
  const names = plain.graph.outputs.filter(({ dtype }) => dtype === "float32").map(({ name }) => name);
  const targets = Object.fromEntries(names.map((name) => [name, away(outputs[name]!, random)]));

  const lossOf = (given: Tensors): number =>
    names.reduce((total, name) => total + meanSquare(given[name]!, targets[name]!), 0);
  return {
    weights,
    gradients: (await slopesOf(GraphBuilder.from(model, options), {
      targets,
      weights,
      feeds,
    })) as TrainingTrial["gradients"],
    loss: lossOf(outputs),
    feeds,
    random,
    outputsAt: (given) => run({ ...feeds, ...given }),
    async inDouble() {
      const double = doubleGraph(plain);
      const wide = { targets: widened(targets), weights: widened(weights), feeds: widened(feeds) };
      const runDouble = await openModel(fed(double, Object.keys(weights)));
      return {
        gradients: await slopesOf(GraphBuilder.from(double), wide),
        outputsAt: (given) => runDouble({ ...wide.feeds, ...given }),
      };
    },
    lossOf,
    lossBetween: (forth, back) =>
      names.reduce((total, name) => total + squaresBetween(forth[name]!, back[name]!, targets[name]!), 0),
  };
}

const widened = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, widen(tensor)]));

/** The gradients of the loss in a graph, by the names of the weights. */
async function slopesOf(
  g: GraphBuilder,
  { targets, weights, feeds }: Readonly<Record<"targets" | "weights" | "feeds", Tensors>>,
): Promise<Readonly<Record<string, Floats>>> {
  const terms = Object.entries(targets).map(([name, target]) => {
    const distance = g.sub(g.value(name), g.constant(target));
    return g.reduceMean(g.mul(distance, distance));
  });
  const names = Object.keys(weights);
  const slopes = gradient(
    g,
    terms.reduce((total, term) => g.add(total, term)),
    names.map((name) => g.value(name)),
  );
  for (const [i, name] of names.entries()) g.output(`gradient:${name}`, slopes[i]!);
  const training = g.build();
  verify(training);
  const results = await (await openModel(fed(training, names)))({ ...feeds, ...weights });
  return Object.fromEntries(names.map((name) => [name, results[`gradient:${name}`]!.data as Floats]));
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

/** The difference of two mean squares, without taking nearly equal sums from each other: (a − t)² − (b − t)² = (a − b)(a + b − 2t). */
function squaresBetween(forth: Tensor, back: Tensor, target: Tensor): number {
  const [a, b, t] = [forth, back, target].map(({ data }) => data as Float64Array);
  return a!.reduce((sum, value, i) => sum + (value - b![i]!) * (value + b![i]! - 2 * t![i]!), 0) / a!.length;
}

/** Share of all gradients' length below which a weight's own tells more of rounding than of its rule. */
const least = 1e-4;

/** How far the gradients in single precision lie from those in double, as a share of the length of these: the farthest. */
export function rounding(trial: TrainingTrial, double: Pass): number {
  const lengths = Object.values(double.gradients).map(lengthOf);
  const floor = least * Math.hypot(...lengths);
  const shares = Object.entries(double.gradients).map(([name, exact], i) => {
    const slopes = trial.gradients[name]!;
    return lengthOf(exact.map((slope, k) => slope - slopes[k]!)) / Math.max(lengths[i]!, floor);
  });
  return Math.max(...shares);
}

const lengthOf = (values: Floats): number =>
  Math.sqrt((values as Float64Array).reduce((sum, value) => sum + value * value, 0));

/** How far along a random direction the weights move, as a share of their size: bends are rarely met on so short a way. */
const short = 3e-9;

/**
 * How far the loss in double precision changes otherwise than its gradients foretell, along the worst of a few directions.
 *
 * Directions are drawn from a normal distribution, each weight moving by a share of itself: channels that were pruned to
 * zero rest on the bend of their rectifier. The distance is a share of the change that is typical of such a direction.
 */
export async function disagreement(
  { weights, random, lossBetween }: TrainingTrial,
  { gradients, outputsAt }: Pass,
  directions: number,
): Promise<number> {
  let worst = 0;
  for (let k = 0; k < directions; k++) {
    const ways = Object.fromEntries(
      Object.entries(weights).map(([name, { data }]) => {
        const values = data as Float32Array;
        const size = values.some((value) => value !== 0) ? Math.abs : () => 1;
        return [name, Float64Array.from(values, (value) => size(value) * random.normal())];
      }),
    );
    const [forth, back] = [short, -short].map((step) => outputsAt(moved(widened(weights), ways, step)));
    const measured = lossBetween(await forth!, await back!) / (2 * short);
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

/** Weights moved along a direction. */
export const moved = (weights: Tensors, by: Readonly<Record<string, Floats>>, step: number): Tensors =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { dtype, data, shape }]) => [
      name,
      new Tensor(dtype, (data as Float32Array).map((value, i) => value + step * by[name]![i]!) as TensorData, shape),
    ]),
  );
