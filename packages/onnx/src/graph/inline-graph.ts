import type { Graph, Node } from "../model.ts";
import { bodiesOf, renameInAttributes } from "./free-names.ts";
import type { GraphBuilder, Value } from "./graph-builder.ts";

/**
 * Appends the nodes of a body to a graph, under new names where theirs are taken.
 *
 * @param names what its outputs are called, where that matters
 * @returns the values of its outputs
 */
export function inlineGraph(
  g: GraphBuilder,
  graph: Graph,
  inputs: readonly Value[],
  names: readonly string[] = [],
): readonly Value[] {
  const known = new Map(graph.inputs.map(({ name }, i) => [name, inputs[i]!]));
  for (const [name, stored] of graph.initializers)
    if (!known.has(name)) known.set(name, g.initializer(g.fresh(name), stored));
  const declared = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
  const given = new Map(graph.outputs.flatMap(({ name }, i) => (names[i] ? [[name, names[i]] as const] : [])));
  const used = new Set<string>();
  const rename = (name: string): string => {
    const own = given.get(name);
    if (own !== undefined) used.add(own);
    return name && (own ?? g.fresh(name));
  };

  const attributesOf = (node: Node) =>
    bodiesOf(node).length === 0
      ? node.attributes
      : renameInAttributes(node.attributes, new Map([...known].map(([name, value]) => [name, value.name])));

  for (const node of graph.nodes) {
    const outputs = g.adopt(
      { ...node, name: g.fresh(node.name || node.op), attributes: attributesOf(node) },
      node.inputs.map((name) => (name === "" ? undefined : (known.get(name) ?? g.value(name)))),
      node.outputs.map(rename),
      (i) => declared.get(node.outputs[i]!),
    );
    for (const [i, name] of node.outputs.entries()) known.set(name, outputs[i]!);
  }
  return graph.outputs.map(({ name }, i) => {
    const value = known.get(name) ?? g.value(name);
    const own = names[i];
    if (!own || used.has(own)) return value;
    const identity = { op: "Identity", domain: "", name: g.fresh("Identity"), inputs: [], outputs: [], attributes: {} };
    return g.adopt(identity, [value], [own])[0]!;
  });
}
