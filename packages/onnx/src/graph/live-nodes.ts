import { atOnce, type Slices } from "@athanor/core";
import { type BuiltNode, operandsOf } from "./built-node.ts";

/** The nodes that the named values need, in their order. */
export const liveNodes = (nodes: readonly BuiltNode[], wanted: ReadonlySet<string>): readonly BuiltNode[] =>
  atOnce(liveSlices(nodes, wanted));

/** The same, node by node. */
export function* liveSlices(nodes: readonly BuiltNode[], wanted: ReadonlySet<string>): Slices<readonly BuiltNode[]> {
  const needed = new Set(wanted);
  const live: BuiltNode[] = [];
  for (const node of nodes.toReversed()) {
    yield;
    if (!node.outputs.some(({ name }) => needed.has(name))) continue;
    live.push(node);
    for (const input of operandsOf(node)) if (input) needed.add(input.name);
  }
  return live.reverse();
}
