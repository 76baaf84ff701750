import { float32, pauses, Random, sizeOf, Tensor } from "@athanor/core";
import type { ParameterSpec } from "./network.ts";

/** Float tensors by name. */
export type FloatTensors = Readonly<Record<string, Tensor<"float32">>>;

/** Draws initial values, each parameter from a stream of its own name, so that adding one changes no other. */
export function initialize(specs: Readonly<Record<string, ParameterSpec>>, seed: number): FloatTensors {
  const random = Random.from(seed).split("initialize");
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, draw(spec, random.split(name))]));
}

/** Draws the same, and lets timers and input run meanwhile. */
export async function initializeInSlices(
  specs: Readonly<Record<string, ParameterSpec>>,
  seed: number,
  signal?: AbortSignal,
): Promise<FloatTensors> {
  const pause = pauses({ signal });
  const tensors: Record<string, Tensor<"float32">> = {};
  for (const [name, spec] of Object.entries(specs)) {
    Object.assign(tensors, initialize({ [name]: spec }, seed));
    await pause();
  }
  return tensors;
}

function draw(
  { shape, init, scale = 1, fanIn = sizeOf(shape.slice(0, -1)) }: ParameterSpec,
  random: Random,
): Tensor<"float32"> {
  if (init instanceof Tensor) return init;
  const fill = (next: () => number) => {
    const values = new Float32Array(sizeOf(shape));
    for (let i = 0; i < values.length; i++) values[i] = next();
    return float32(values, shape);
  };
  const uniform = (bound: number) => fill(() => bound * (2 * random.uniform() - 1));
  switch (init) {
    case "zeros":
      return fill(() => 0);
    case "ones":
      return fill(() => 1);
    case "normal":
      return fill(() => scale * random.normal());
    case "kaiming-uniform":
      return uniform(1 / Math.sqrt(Math.max(1, fanIn)));
    case "xavier-uniform":
      return uniform(Math.sqrt(6 / (fanIn + shape.at(-1)!)));
  }
}
