import { AthanorError, type Tensor } from "@athanor/core";
import { applyModel, loadTensor, type Model, outputsOnly, showShape, type Value, type ValueInfo } from "@athanor/onnx";
import type { InputSpec, Network, ParameterSpec } from "../network.ts";

/** How a stored model is used as a network. */
export interface PretrainedOptions {
  /** Weights that are trained, by the names that the file has; the others are constants. */
  readonly trains: readonly string[];
  /** Lengths of symbolic axes other than the batch; those of others may differ from batch to batch. */
  readonly dims?: Readonly<Record<string, number>>;
}

/**
 * A stored model as a network that starts at its weights and puts out the model's first output.
 *
 * @throws `nn/base` for an input of unknown lengths, `onnx/unknown-value` for names that the model does not have
 */
export function pretrained(model: Model, { trains, dims = {} }: PretrainedOptions): Network {
  const { name } = model.graph.outputs[0]!;
  const part = outputsOnly(model, [name]);
  const parameters = Object.fromEntries(
    trains.map((weight): [string, ParameterSpec] => {
      const value = loadTensor(storedWeight(part, weight)) as Tensor<"float32">;
      return [weight, { shape: value.shape, init: value }];
    }),
  );
  const specs = part.graph.inputs.filter((input) => !part.graph.initializers.has(input.name));
  const inputs = Object.fromEntries(specs.map((input) => [input.name, inputSpec(input, dims)]));
  return {
    name: model.graph.name || "pretrained",
    inputs,
    parameters,
    buffers: {},
    // What is put around it brings inputs and parameters of its own.
    build: (context) =>
      applyModel(context.g, part, {
        ...pick(context.inputs, Object.keys(inputs)),
        ...pick(context.parameters, trains),
      })[name]!,
  };
}

const pick = (values: Readonly<Record<string, Value>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, values[name]!]));

function storedWeight({ graph }: Model, name: string) {
  const stored = graph.initializers.get(name);
  if (stored) return stored;
  throw new AthanorError("onnx/unknown-value", `pretrained: expected the name of a stored weight, got ${name}`, {
    fix: "Name weights that the output depends on.",
    details: { name },
  });
}

function inputSpec({ name, dtype, shape }: ValueInfo, dims: Readonly<Record<string, number>>): InputSpec {
  const rest = shape?.slice(1).map((length) => (typeof length === "string" ? (dims[length] ?? length) : length));
  if (rest !== undefined) return { dtype, shape: rest };
  throw new AthanorError("nn/base", `fineTune: expected the axes of ${name} to be known, got ${showShape(shape)}`, {
    fix: "Export the model with the shapes of its inputs.",
    details: { name, shape },
  });
}
