import { atOnce, float32, inSlices, Random, type Slices, sizeOf, Tensor } from "@athanor/core";
import type { Init, ParameterSpec } from "./network.ts";

/** Float tensors by name. */
export type FloatTensors = Readonly<Record<string, Tensor<"float32">>>;

/** Draws initial values, each parameter from a stream of its own name, so that adding one changes no other. */
export const initialize = (specs: Readonly<Record<string, ParameterSpec>>, seed: number): FloatTensors =>
  atOnce(drawAll(specs, seed));

/** Draws the same, and lets timers and input run meanwhile. */
export const initializeInSlices = (
  specs: Readonly<Record<string, ParameterSpec>>,
  seed: number,
  signal?: AbortSignal,
): Promise<FloatTensors> => inSlices(drawAll(specs, seed), signal);

function* drawAll(specs: Readonly<Record<string, ParameterSpec>>, seed: number): Slices<FloatTensors> {
  const random = Random.from(seed).split("initialize");
  const tensors: Record<string, Tensor<"float32">> = {};
  for (const [name, spec] of Object.entries(specs)) tensors[name] = yield* draw(spec, random.split(name));
  return tensors;
}

/** Values that are drawn at once. */
const sliceLength = 2 ** 14;

function* draw(spec: ParameterSpec, random: Random): Slices<Tensor<"float32">> {
  const { init, shape } = spec;
  if (init instanceof Tensor) return init;
  const values = new Float32Array(sizeOf(shape));
  const next = drawing({ ...spec, init }, random);
  for (let i = 0; i < values.length; i++) {
    values[i] = next();
    if (i % sliceLength === sliceLength - 1) yield;
  }
  return float32(values, shape);
}

function drawing(
  { shape, init, scale = 1, fanIn = sizeOf(shape.slice(0, -1)) }: Omit<ParameterSpec, "init"> & { readonly init: Init },
  random: Random,
): () => number {
  const uniform = (bound: number) => () => bound * (2 * random.uniform() - 1);
  switch (init) {
    case "zeros":
      return () => 0;
    case "ones":
      return () => 1;
    case "normal":
      return () => scale * random.normal();
    case "kaiming-uniform":
      return uniform(1 / Math.sqrt(Math.max(1, fanIn)));
    case "xavier-uniform":
      return uniform(Math.sqrt(6 / (fanIn + shape.at(-1)!)));
  }
}
