import type { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { type ImportOptions, prepareModel } from "./prepare-model.ts";

/** Appends a model's inputs, weights, nodes and outputs to a graph, under the names they have in the model. */
export function adoptModel(g: GraphBuilder, model: Model, options: ImportOptions): void {
  const { graph } = prepareModel(model, options);
  for (const { name, dtype, shape } of graph.inputs) g.input(name, dtype, shape!);
  for (const [name, stored] of graph.initializers) g.initializer(name, stored);
  const declared = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : g.value(name)));
    g.adopt(node, inputs, node.outputs, (i) => declared.get(node.outputs[i]!));
  }
  for (const { name } of graph.outputs) g.output(name, g.value(name));
}
