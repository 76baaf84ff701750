import type { Tensor } from "@athanor/core";
import { GraphBuilder, type Model, type Value } from "@athanor/onnx";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";

/** Builds a network's output in evaluation mode over values that the caller provides. */
export function buildEvaluation(
  network: Network,
  g: GraphBuilder,
  inputs: Readonly<Record<string, Value>>,
  weights: Readonly<Record<string, Value>>,
): Value {
  const pick = (specs: object) => Object.fromEntries(Object.keys(specs).map((name) => [name, weights[name]!]));
  return network.build({
    g,
    inputs,
    parameters: pick(network.parameters),
    buffers: pick(network.buffers),
    isTraining: false,
    batch: "batch",
    mask: () => g.constant(1),
    moveBuffer: () => {},
  });
}

export const networkInputs = (network: Network, g: GraphBuilder): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(network.inputs).map(([name, { dtype, shape }]) => [name, g.input(name, dtype, ["batch", ...shape])]),
  );

/** The validation graph: weights are inputs, so that one session serves every epoch. */
export function evaluationModel(network: Network, loss: Loss, target: Tensor): Model {
  const g = new GraphBuilder();
  const inputs = networkInputs(network, g);
  const specs = Object.entries({ ...network.parameters, ...network.buffers });
  const weights = Object.fromEntries(
    specs.map(([name, { shape }]) => [name, g.input(`weight:${name}`, "float32", shape)]),
  );
  const output = buildEvaluation(network, g, inputs, weights);
  g.output("output", output);
  g.output("loss", loss.build(g, output, g.input("target", target.dtype, ["batch", ...target.shape.slice(1)])));
  return g.build();
}

/** What goes into the file beside the network. */
export interface ExportOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Puts operators around the network: what it gets from the file's inputs, and what the file outputs. */
  readonly wrap?: (g: GraphBuilder, network: (inputs: Readonly<Record<string, Value>>) => Value) => void;
}

/** The network as a model for any runtime, its weights stored, its batch axis symbolic; the output is named `output`. */
export function toOnnx(network: Network, weights: FloatTensors, { metadata = {}, wrap }: ExportOptions = {}): Model {
  const g = new GraphBuilder();
  const stored = Object.fromEntries(
    Object.entries(weights).map(([name, tensor]) => [name, g.initializer(name, tensor)]),
  );
  const apply = (inputs: Readonly<Record<string, Value>>) => buildEvaluation(network, g, inputs, stored);
  if (wrap) wrap(g, apply);
  else g.output("output", apply(networkInputs(network, g)));
  return g.build({ name: network.name, metadata });
}
