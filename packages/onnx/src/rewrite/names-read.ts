import { bodiesOf, freeNames, renameInAttributes } from "../graph/free-names.ts";
import type { Node } from "../model.ts";

/** Every name that a node reads: its inputs, and what its bodies take from around them. */
export function namesRead(node: Node): readonly string[] {
  const inputs = node.inputs.includes("") ? node.inputs.filter((name) => name !== "") : node.inputs;
  const bodies = bodiesOf(node);
  return bodies.length === 0 ? inputs : [...inputs, ...bodies.flatMap((body) => [...freeNames(body)])];
}

/** The node with the names of its inputs and outputs replaced, and of what its bodies read; itself where all stay. */
export function renamed(node: Node, rename: (name: string) => string): Node {
  const stays = (name: string) => rename(name) === name;
  const bodies = bodiesOf(node);
  if (bodies.length === 0 && node.inputs.every(stays) && node.outputs.every(stays)) return node;
  const free = bodies.flatMap((body) => [...freeNames(body)]);
  const attributes = renameInAttributes(node.attributes, new Map(free.map((name) => [name, rename(name)])));
  return { ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename), attributes };
}
