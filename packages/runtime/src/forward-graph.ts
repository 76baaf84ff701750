import { yieldToEventLoop } from "@athanor/core";
import {
  applyModelInSlices,
  type Checkpoint,
  earlySelection,
  GraphBuilder,
  isStopped,
  type Model,
  type Value,
} from "@athanor/onnx";
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

/** A step's graph as the user builds it. */
export interface GivenGraph extends ForwardGraph {
  readonly model: Model;
  /** Values that gradients take for constants, of which the model says nothing. */
  readonly stopped: readonly string[];
}

type Declared = Pick<ForwardGraph, "g" | "parameters" | "buffers"> & { readonly inputs: Values };

/**
 * Builds the user's graph, as it is given.
 *
 * @throws what building the user's graph throws
 */
export async function givenGraph(definition: StepDefinition, shapes: Shapes): Promise<GivenGraph> {
  const declared = declare(definition, shapes);
  const { g } = declared;
  const { loss, metrics = {}, buffers: nextBuffers = {}, checkpoint } = definition.build(g, declared);
  await yieldToEventLoop();
  const results = { loss: { loss }, metric: metrics, buffer: nextBuffers };
  const outputs = Object.entries(results).flatMap(([kind, values]) =>
    Object.entries(values).map(([name, value]): [string, Value] => [`${kind}:${name}`, value]),
  );
  const model = await g.buildInSlices({ outputs: Object.fromEntries(outputs) });
  const stopped = g.nodes.flatMap((node) => node.outputs.filter(isStopped).map(({ name }) => name));
  return { ...declared, loss, metrics, nextBuffers, checkpoint, model, stopped };
}

/**
 * Builds the user's graph again, without what it computes but does not read.
 *
 * A graph with a checkpoint or stopped gradients stays as it was built: they are said of its own nodes and values.
 */
export async function forwardGraph(
  definition: StepDefinition,
  shapes: Shapes,
  given: GivenGraph,
): Promise<ForwardGraph> {
  const { metrics, nextBuffers, checkpoint, model, stopped } = given;
  if (checkpoint !== undefined || stopped.length > 0) return given;
  const selected = await earlySelection(model);
  if (selected === model) return given;
  const second = declare(definition, shapes);
  const { inputs, parameters, buffers } = second;
  const known = { ...inputs, ...parameters, ...buffers };
  // Masks become inputs while the graph is built.
  const masks = selected.graph.inputs
    .filter(({ name }) => !(name in known))
    .map(({ name, dtype, shape }) => [name, second.g.input(name, dtype, shape!)] as const);
  const found = await applyModelInSlices(second.g, selected, { ...known, ...Object.fromEntries(masks) });
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
