import { namesIn } from "../graph/free-names.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { adoptNode } from "../graph/inline-graph.ts";
import { isSequence } from "../graph/sequence.ts";
import type { Model } from "../model.ts";
import { type ImportOptions, prepareModel } from "./prepare-model.ts";

/** Appends a model's inputs, weights, nodes and outputs to a graph, under the names they have in the model; a sequence gives an output a part. */
export function adoptModel(g: GraphBuilder, model: Model, options: ImportOptions): void {
  const { graph } = prepareModel(model, options);
  g.reserve(namesIn(graph));
  g.reserve(graph.nodes.map(({ name }) => name));
  for (const { name, dtype, shape } of graph.inputs) g.input(name, dtype, shape!);
  for (const [name, stored] of graph.initializers) g.initializer(name, stored);
  const declared = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : g.operand(name)));
    adoptNode(g, node, inputs, node.outputs, (i) => declared.get(node.outputs[i]!));
  }
  for (const { name } of graph.outputs) {
    const output = g.operand(name);
    const parts = isSequence(output)
      ? output.parts.map((part, i) => [`${name}_${i}`, part] as const)
      : [[name, output] as const];
    for (const [own, value] of parts) g.output(own, value);
  }
}
