import { AthanorError, atOnce, inSlices, nearestName, type Slices } from "@athanor/core";
import { bodiesOf } from "../graph/free-names.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inlineSlices } from "../graph/inline-graph.ts";
import type { Attribute, Graph, Model } from "../model.ts";
import { prepareSlices } from "./prepare-model.ts";

/**
 * Applies a model to values of a graph, as if it were one operator: this is how a training step holds an imported model.
 *
 * @param values the model's inputs by name, and whichever of its weights shall come from the graph instead of the file
 * @returns the model's outputs by name
 * @throws `onnx/unknown-value` for a name the model does not have or an input without a value, `onnx/type`, `onnx/shape`
 */
export const applyModel = (g: GraphBuilder, model: Model, values: Values): Values =>
  atOnce(applySlices(g, model, values));

/** Applies a model as `applyModel` does, and lets timers and input run meanwhile. */
export const applyModelInSlices = (g: GraphBuilder, model: Model, values: Values): Promise<Values> =>
  inSlices(applySlices(g, model, values));

type Values = Readonly<Record<string, Value>>;

function* applySlices(g: GraphBuilder, model: Model, values: Values): Slices<Values> {
  const fed = model.graph.inputs.filter(({ name }) => name in values);
  const shapes = Object.fromEntries(
    fed.filter(({ name }) => !model.graph.initializers.has(name)).map(({ name }) => [name, values[name]!.shape]),
  );
  const { graph } = yield* prepareSlices(model, { shapes });
  const inputs = graph.inputs.map((info) => {
    const value = values[info.name];
    if (value === undefined) {
      throw new AthanorError("onnx/unknown-value", `Model: expected a value for the input ${info.name}, got none`, {
        details: { name: info.name },
      });
    }
    if (value.dtype !== info.dtype) {
      throw new AthanorError("onnx/type", `Model: expected ${info.dtype} for ${info.name}, got ${value.dtype}`, {
        details: { name: info.name, expected: info.dtype, got: value.dtype },
      });
    }
    return info;
  });
  const own = new Set(inputs.map(({ name }) => name));
  const bound = Object.keys(values).filter((name) => !own.has(name));
  checkWeights(graph, bound);
  const open = withoutWeights(graph, new Set(bound));
  const given = [...inputs, ...bound.map((name) => ({ ...values[name]!, name }))];
  const outputs = yield* inlineSlices(
    g,
    { ...open, inputs: given },
    given.map(({ name }) => values[name]!),
  );
  return Object.fromEntries(graph.outputs.map(({ name }, i) => [name, outputs[i]!]));
}

const isConstant = ({ op, domain }: Graph["nodes"][number]): boolean => op === "Constant" && domain === "";

/** Names under which a graph and its bodies store values, as initializers or Constant nodes. */
const storedNames = (graph: Graph): readonly string[] => [
  ...graph.initializers.keys(),
  ...graph.nodes.flatMap((node) => (isConstant(node) ? node.outputs : bodiesOf(node).flatMap(storedNames))),
];

function checkWeights(graph: Graph, names: readonly string[]): void {
  const stored = new Set(names.length === 0 ? [] : storedNames(graph));
  for (const name of names) {
    if (stored.has(name)) continue;
    const near = nearestName(name, [...graph.inputs.map((info) => info.name), ...stored]);
    throw new AthanorError("onnx/unknown-value", `Model: expected the name of an input or a weight, got ${name}`, {
      ...(near ? { fix: `Write ${near}.` } : {}),
      details: { name },
    });
  }
}

/** A graph that reads some of its stored values from outside. */
function withoutWeights(graph: Graph, names: ReadonlySet<string>): Graph {
  const open = (attribute: Attribute): Attribute =>
    attribute.kind === "graph" ? { ...attribute, value: withoutWeights(attribute.value, names) } : attribute;
  return {
    ...graph,
    initializers: new Map([...graph.initializers].filter(([name]) => !names.has(name))),
    nodes: graph.nodes
      .filter((node) => !isConstant(node) || !names.has(node.outputs[0] ?? ""))
      .map((node) =>
        bodiesOf(node).length === 0
          ? node
          : {
              ...node,
              attributes: Object.fromEntries(
                Object.entries(node.attributes).map(([name, attribute]) => [name, open(attribute)]),
              ),
            },
      ),
  };
}
