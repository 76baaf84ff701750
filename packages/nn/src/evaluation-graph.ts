import { GraphBuilder, type Model, type Value } from "@athanor/onnx";
import type { Decoded } from "./fit-options.ts";
import type { FloatTensors } from "./initialize.ts";
import type { Loss } from "./loss.ts";
import type { InputSpec, Network } from "./network.ts";
import { asTargets, type Outputs, outputsByName } from "./outputs.ts";

/** Builds a network's output in evaluation mode over values that the caller provides. */
export function buildEvaluation<O extends Outputs>(
  network: Network<O>,
  g: GraphBuilder,
  inputs: Readonly<Record<string, Value>>,
  weights: Readonly<Record<string, Value>>,
): O {
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

/** Declares the inputs of a network as inputs of a graph, the batch axis symbolic. */
export const networkInputs = ({ inputs }: Pick<Network, "inputs">, g: GraphBuilder): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]) => [name, g.input(name, dtype, ["batch", ...shape])]),
  );

/** The validation graph: weights are inputs, so that one session serves every epoch. */
export function evaluationModel<O extends Outputs, T extends Outputs>(
  network: Network<O>,
  loss: Loss<O, T>,
  targets: Readonly<Record<string, InputSpec>>,
  decoded?: Decoded<O, T>,
): Model {
  const g = new GraphBuilder();
  const inputs = networkInputs(network, g);
  const specs = Object.entries({ ...network.parameters, ...network.buffers });
  const weights = Object.fromEntries(
    specs.map(([name, { shape }]) => [name, g.input(`weight:${name}`, "float32", shape)]),
  );
  const output = buildEvaluation(network, g, inputs, weights);
  const shown = decoded ? decoded.build(g, output, inputs) : output;
  for (const [name, value] of Object.entries(outputsByName(shown))) g.output(`output:${name}`, value);
  const wanted = Object.entries(targets).map(([name, { dtype, shape }]) => [
    name,
    g.input(name, dtype, ["batch", ...shape]),
  ]);
  g.output("loss", loss.build(g, output, asTargets(Object.fromEntries(wanted)) as T));
  return g.build();
}

/** What goes into the file beside the network. */
export interface ExportOptions<O extends Outputs = Value> {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Puts operators around the network: what it gets from the file's inputs, and what the file outputs. */
  readonly wrap?: (g: GraphBuilder, network: (inputs: Readonly<Record<string, Value>>) => O) => void;
}

/** The network as a model for any runtime, its weights stored, its batch axis symbolic; a single output is named `output`. */
export function toOnnx<O extends Outputs>(
  network: Network<O>,
  weights: FloatTensors,
  { metadata = {}, wrap }: ExportOptions<O> = {},
): Model {
  const g = new GraphBuilder();
  const stored = Object.fromEntries(
    Object.entries(weights).map(([name, tensor]) => [name, g.initializer(name, tensor)]),
  );
  const apply = (inputs: Readonly<Record<string, Value>>) => buildEvaluation(network, g, inputs, stored);
  if (wrap) wrap(g, apply);
  else {
    // A stored model inside may have a value of that name.
    g.fresh("output");
    const outputs = outputsByName(apply(networkInputs(network, g)));
    for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  }
  return g.build({ name: network.name, metadata });
}
