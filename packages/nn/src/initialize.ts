import { float32, Random, sizeOf, Tensor } from "@athanor/core";
import type { ParameterSpec } from "./network.ts";

/** Float tensors by name. */
export type FloatTensors = Readonly<Record<string, Tensor<"float32">>>;

/** Draws initial values, each parameter from a stream of its own name, so that adding one changes no other. */
export function initialize(specs: Readonly<Record<string, ParameterSpec>>, seed: number): FloatTensors {
  const random = Random.from(seed).split("initialize");
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, draw(spec, random.split(name))]));
}

function draw(
  { shape, init, scale = 1, fanIn = sizeOf(shape.slice(0, -1)) }: ParameterSpec,
  random: Random,
): Tensor<"float32"> {
  if (init instanceof Tensor) return init;
  const fill = (next: () => number) => float32(Float32Array.from({ length: sizeOf(shape) }, next), shape);
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
