import { type BuiltNode, operandsOf } from "./built-node.ts";

/** The nodes that the named values need, in their order. */
export function liveNodes(nodes: readonly BuiltNode[], wanted: ReadonlySet<string>): readonly BuiltNode[] {
  const needed = new Set(wanted);
  const live: BuiltNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => needed.has(name))) continue;
    live.push(node);
    for (const input of operandsOf(node)) if (input) needed.add(input.name);
  }
  return live.reverse();
}
