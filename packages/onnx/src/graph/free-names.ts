import type { Attribute, Graph, Node } from "../model.ts";

/** The graphs among a node's attributes. */
export function bodiesOf({ attributes }: Pick<Node, "attributes">): readonly Graph[] {
  // Hardly a node has any, and every walk over a graph asks.
  for (const name in attributes)
    if (attributes[name]!.kind === "graph")
      return Object.values(attributes).flatMap(({ kind, value }) => (kind === "graph" ? [value] : []));
  return none;
}

const none: readonly Graph[] = [];

/** Names that a body reads and does not define: values of the graphs around it. */
export function freeNames(graph: Graph): ReadonlySet<string> {
  const defined = new Set([...graph.inputs.map(({ name }) => name), ...graph.initializers.keys(), ""]);
  const free = new Set<string>();
  const read = (name: string) => {
    if (!defined.has(name)) free.add(name);
  };
  for (const node of graph.nodes) {
    node.inputs.forEach(read);
    for (const body of bodiesOf(node)) freeNames(body).forEach(read);
    for (const name of node.outputs) defined.add(name);
  }
  for (const { name } of graph.outputs) read(name);
  return free;
}

/** Every name that a body and the bodies inside it define. */
export const namesIn = (graph: Graph): readonly string[] => [
  ...graph.inputs.map(({ name }) => name),
  ...graph.initializers.keys(),
  ...graph.nodes.flatMap((node) => [...node.outputs, ...bodiesOf(node).flatMap(namesIn)]),
];

/** A body that reads other values of the graphs around it. */
export function renameFree(graph: Graph, names: ReadonlyMap<string, string>): Graph {
  const free = freeNames(graph);
  const inner = new Map([...names].filter(([name]) => free.has(name)));
  if (inner.size === 0) return graph;
  const rename = (name: string) => inner.get(name) ?? name;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    attributes: renameInAttributes(node.attributes, inner),
  }));
  return { ...graph, nodes, outputs: graph.outputs.map((info) => ({ ...info, name: rename(info.name) })) };
}

/** Attributes whose bodies read other values of the graphs around them. */
export const renameInAttributes = (
  attributes: Readonly<Record<string, Attribute>>,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, Attribute>> =>
  bodiesOf({ attributes }).length === 0
    ? attributes
    : Object.fromEntries(
        Object.entries(attributes).map(([key, attribute]) => [
          key,
          attribute.kind === "graph" ? { ...attribute, value: renameFree(attribute.value, names) } : attribute,
        ]),
      );
