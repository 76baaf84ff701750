import { GraphBuilder, type Value } from "@athanor/onnx";
import type { Layer } from "./define-layer.ts";
import type { BuildContext, InputSpec, Network, ParameterSpec } from "./network.ts";
import type { Outputs } from "./outputs.ts";

/** What a network of layers sees while it builds its graph. */
export interface Composition extends Pick<BuildContext, "g" | "inputs" | "isTraining" | "batch"> {
  /** Puts a value through a layer, whose parameters are known as `name.key`. */
  apply(name: string, layer: Layer, x: Value): Value;
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
export function compose<O extends Outputs>({ name, inputs, build }: CompositionOptions<O>): Network<O> {
  return {
    name,
    inputs,
    ...declare(inputs, build),
    build: (context) =>
      build({
        ...context,
        apply: (prefix, layer, x) =>
          layer.build({
            g: context.g,
            isTraining: context.isTraining,
            x,
            options: layer.options as never,
            parameters: within(context.parameters, prefix),
            buffers: within(context.buffers, prefix),
            mask: (label, shape, keep) => context.mask(`${prefix}.${label}`, shape, keep),
            moveBuffer: (key, moved) => context.moveBuffer(`${prefix}.${key}`, moved),
          }),
      }),
  };
}

/** A dry run over a scratch graph tells each layer the shape it gets, and collects what it holds. */
function declare(
  specs: CompositionOptions["inputs"],
  build: (context: Composition) => Outputs,
): Pick<Network, "parameters" | "buffers"> {
  const g = new GraphBuilder();
  const [parameters, buffers]: Record<string, ParameterSpec>[] = [{}, {}];
  const held = (kind: string, prefix: string, own: Readonly<Record<string, ParameterSpec>>) =>
    Object.fromEntries(
      Object.entries(own).map(([key, { shape }]) => [key, g.input(`${kind}:${prefix}.${key}`, "float32", shape)]),
    );
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, { dtype, shape }]) => [name, g.input(name, dtype, ["batch", ...shape])]),
  );
  const apply: Composition["apply"] = (prefix, layer, x) => {
    const [own, state] = [layer.parameters(x.shape), layer.buffers(x.shape)];
    for (const [key, spec] of Object.entries(own)) parameters![`${prefix}.${key}`] = spec;
    for (const [key, spec] of Object.entries(state)) buffers![`${prefix}.${key}`] = spec;
    return layer.build({
      g,
      isTraining: false,
      x,
      options: layer.options as never,
      parameters: held("parameter", prefix, own),
      buffers: held("buffer", prefix, state),
      mask: () => g.constant(1),
      moveBuffer: () => {},
    });
  };
  build({ g, inputs, isTraining: false, batch: "batch", apply });
  return { parameters: parameters!, buffers: buffers! };
}

const within = (values: Readonly<Record<string, Value>>, prefix: string): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), value]] : [],
    ),
  );
