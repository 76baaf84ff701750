import type { Attribute, Graph, Node } from "../model.ts";

/** Every name that a node reads: its inputs, and what its subgraphs take from around them. */
export const namesRead = (node: Node): readonly string[] => [
  ...node.inputs.filter((name) => name !== ""),
  ...subgraphs(node).flatMap(capturedNames),
];

export const subgraphs = (node: Node): readonly Graph[] =>
  Object.values(node.attributes).flatMap((attribute) => (attribute.kind === "graph" ? [attribute.value] : []));

function capturedNames(graph: Graph): readonly string[] {
  const own = new Set([
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.keys(),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
  const read = [...graph.nodes.flatMap(namesRead), ...graph.outputs.map(({ name }) => name)];
  return read.filter((name) => !own.has(name));
}

/** Every name that a graph and those inside it define. */
export const namesDefined = (graph: Graph): readonly string[] => [
  ...graph.inputs.map(({ name }) => name),
  ...graph.initializers.keys(),
  ...graph.nodes.flatMap((node) => [...node.outputs, ...subgraphs(node).flatMap(namesDefined)]),
];

/** The node with names replaced, in its subgraphs too: a name means one value in a graph and all inside it. */
export function renamed(node: Node, rename: (name: string) => string): Node {
  const attributes = Object.entries(node.attributes).map(([key, attribute]): [string, Attribute] => [
    key,
    attribute.kind === "graph" ? { kind: "graph", value: renamedGraph(attribute.value, rename) } : attribute,
  ]);
  return {
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: Object.fromEntries(attributes),
  };
}

const renamedGraph = (graph: Graph, rename: (name: string) => string): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => renamed(node, rename)),
  outputs: graph.outputs.map((output) => ({ ...output, name: rename(output.name) })),
});
