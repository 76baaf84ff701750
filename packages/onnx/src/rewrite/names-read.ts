import { bodiesOf, freeNames, renameInAttributes } from "../graph/free-names.ts";
import type { Node } from "../model.ts";

/** Every name that a node reads: its inputs, and what its bodies take from around them. */
export const namesRead = (node: Node): readonly string[] => [
  ...node.inputs.filter((name) => name !== ""),
  ...bodiesOf(node).flatMap((body) => [...freeNames(body)]),
];

/** The node with the names of its inputs and outputs replaced, and of what its bodies read. */
export function renamed(node: Node, rename: (name: string) => string): Node {
  const free = bodiesOf(node).flatMap((body) => [...freeNames(body)]);
  const attributes = renameInAttributes(node.attributes, new Map(free.map((name) => [name, rename(name)])));
  return { ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename), attributes };
}
