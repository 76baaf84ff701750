import { applyModel, type Checkpoint, earlySelection, GraphBuilder, isStopped, type Value } from "@athanor/onnx";
import type { Shapes } from "./step-inputs.ts";
import type { FloatTensors, StepDefinition, Values } from "./training-step.ts";

/** A step's graph before it is differentiated. */
export interface ForwardGraph {
  readonly g: GraphBuilder;
  readonly parameters: Values;
  readonly buffers: Values;
  readonly loss: Value;
  readonly metrics: Values;
  /** What becomes of buffers, where the graph moves them. */
  readonly nextBuffers: Values;
  readonly checkpoint?: Checkpoint | undefined;
}

type Declared = Pick<ForwardGraph, "g" | "parameters" | "buffers"> & { readonly inputs: Values };

/**
 * Builds the user's graph, and again without what it computes but does not read.
 *
 * A graph with a checkpoint or stopped gradients stays as it was built: they are said of its own nodes and values.
 *
 * @throws what building the user's graph throws
 */
export function forwardGraph(definition: StepDefinition, shapes: Shapes): ForwardGraph {
  const first = declare(definition, shapes);
  const { loss, metrics = {}, buffers: nextBuffers = {}, checkpoint } = definition.build(first.g, first);
  const whole = { ...first, loss, metrics, nextBuffers, checkpoint };
  const isStopping = first.g.nodes.some((node) => node.outputs.some(isStopped));
  if (checkpoint !== undefined || isStopping) return whole;

  const results = { loss: { loss }, metric: metrics, buffer: nextBuffers };
  const outputs = Object.entries(results).flatMap(([kind, values]) =>
    Object.entries(values).map(([name, value]): [string, Value] => [`${kind}:${name}`, value]),
  );
  const model = first.g.build({ outputs: Object.fromEntries(outputs) });
  const selected = earlySelection(model);
  if (selected === model) return whole;
  const second = declare(definition, shapes);
  const { inputs, parameters, buffers } = second;
  const known = { ...inputs, ...parameters, ...buffers };
  // Masks become inputs while the graph is built.
  const masks = selected.graph.inputs
    .filter(({ name }) => !(name in known))
    .map(({ name, dtype, shape }) => [name, second.g.input(name, dtype, shape!)] as const);
  const found = applyModel(second.g, selected, { ...known, ...Object.fromEntries(masks) });
  const named = (kind: string, values: Values): Values =>
    Object.fromEntries(Object.keys(values).map((name) => [name, found[`${kind}:${name}`]!]));
  return {
    ...second,
    loss: found["loss:loss"]!,
    metrics: named("metric", metrics),
    nextBuffers: named("buffer", nextBuffers),
  };
}

/** A new graph with a step's inputs. */
function declare({ inputs, parameters, buffers = {} }: StepDefinition, shapes: Shapes): Declared {
  const g = new GraphBuilder();
  const declared = (tensors: FloatTensors) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, g.input(name, "float32", tensor.shape)]));
  return {
    g,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, { dtype }]) => [name, g.input(name, dtype, shapes[name]!)]),
    ),
    parameters: declared(parameters),
    buffers: declared(buffers),
  };
}
