import { atOnce, type Slices } from "@athanor/core";
import type { Model, Node } from "../model.ts";
import { namesRead } from "./names-read.ts";

/** Removes nodes, weights and declared types that no output of the graph needs; inputs stay, as they are the interface. */
export const deadCode = (model: Model): Model => atOnce(deadCodeSlices(model));

/** The same, node by node. */
export function* deadCodeSlices(model: Model): Slices<Model> {
  const { graph } = model;
  const needed = new Set(graph.outputs.map(({ name }) => name));
  const live: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    yield;
    if (!node.outputs.some((name) => needed.has(name))) continue;
    live.push(node);
    for (const name of namesRead(node)) needed.add(name);
  }
  const initializers = [...graph.initializers].filter(([name]) => needed.has(name));
  const made = new Set(graph.values.length === 0 ? [] : live.flatMap(({ outputs }) => outputs));
  const values = graph.values.filter(({ name }) => made.has(name));
  const isClean =
    live.length === graph.nodes.length &&
    initializers.length === graph.initializers.size &&
    values.length === graph.values.length;
  if (isClean) return model;
  return { ...model, graph: { ...graph, nodes: live.reverse(), initializers: new Map(initializers), values } };
}
