import { GraphBuilder, type Value } from "@athanor/onnx";
import { type Apply, applyWithin, collectLayers } from "./apply-layer.ts";
import type { BuildContext, InputSpec, Network } from "./network.ts";
import type { Outputs } from "./outputs.ts";

/** What a network of layers sees while it builds its graph. */
export interface Composition extends Pick<BuildContext, "g" | "inputs" | "isTraining" | "batch"> {
  /** Puts a value through a layer, whose parameters are known as `name.key`. */
  readonly apply: Apply;
}

/** How a network is made of layers. */
export interface CompositionOptions<O extends Outputs = Value> {
  readonly name: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Applies the same layers under the same names whenever it is called. */
  build(context: Composition): O;
}

/**
 * A network from a function that applies layers: branches, skips and whatever else a graph can hold.
 *
 * @throws what a layer throws when its input has the wrong shape
 */
export function compose<O extends Outputs>({ name, inputs: specs, build }: CompositionOptions<O>): Network<O> {
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([key, { dtype, shape }]) => [key, g.input(key, dtype, ["batch", ...shape])]),
  );
  const { apply, parameters, buffers } = collectLayers(g);
  build({ g, inputs, isTraining: false, batch: "batch", apply });
  return {
    name,
    inputs: specs,
    parameters,
    buffers,
    build: (context) => build({ ...context, apply: applyWithin(context) }),
  };
}
