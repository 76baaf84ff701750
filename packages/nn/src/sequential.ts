import { GraphBuilder, type Value } from "@athanor/onnx";
import type { Layer } from "./define-layer.ts";
import type { BuildContext, InputSpec, Network, ParameterSpec } from "./network.ts";

export interface SequentialOptions {
  readonly input: InputSpec;
  readonly name?: string;
}

/**
 * A network of layers one after another on the input `x`; the i-th layer's parameters are named `i.name`.
 *
 * @throws what a layer throws when its input has the wrong shape
 */
export function sequential(layers: readonly Layer[], { input, name = "sequential" }: SequentialOptions): Network {
  const parameters: Record<string, ParameterSpec> = {};
  const buffers: Record<string, ParameterSpec> = {};
  const pass = (
    context: Omit<BuildContext, "inputs">,
    x: Value,
    before: (layer: Layer, index: number, x: Value) => void,
  ): Value =>
    layers.reduce((value, layer, index) => {
      before(layer, index, value);
      const own = (values: Readonly<Record<string, Value>>) =>
        Object.fromEntries(
          Object.entries(values).flatMap(([key, each]) =>
            key.startsWith(`${index}.`) ? [[key.slice(`${index}.`.length), each]] : [],
          ),
        );
      return layer.build({
        g: context.g,
        isTraining: context.isTraining,
        x: value,
        options: layer.options as never,
        parameters: own(context.parameters),
        buffers: own(context.buffers),
        mask: (label, shape, keep) => context.mask(`${index}.${label}`, shape, keep),
        moveBuffer: (key, moved) => context.moveBuffer(`${index}.${key}`, moved),
      });
    }, x);

  // A dry run over a scratch graph tells each layer the shape it gets.
  const g = new GraphBuilder();
  const scratch: { parameters: Record<string, Value>; buffers: Record<string, Value> } = {
    parameters: {},
    buffers: {},
  };
  const dry = { g, ...scratch, isTraining: false, batch: "batch", mask: () => g.constant(1), moveBuffer: () => {} };
  pass(dry, g.input("x", input.dtype, ["batch", ...input.shape]), (layer, index, { shape }) => {
    for (const [kind, specs, held] of [
      ["p", layer.parameters(shape), parameters],
      ["b", layer.buffers(shape), buffers],
    ] as const) {
      for (const [key, spec] of Object.entries(specs)) {
        held[`${index}.${key}`] = spec;
        scratch[kind === "p" ? "parameters" : "buffers"][`${index}.${key}`] = g.input(
          `${kind}${index}.${key}`,
          "float32",
          spec.shape,
        );
      }
    }
  });
  return {
    name,
    inputs: { x: input },
    parameters,
    buffers,
    build: (context) => pass(context, context.inputs.x!, () => {}),
  };
}
