import type { Slices } from "@athanor/core";
import { type BuiltNode, operandsOf } from "./built-node.ts";
import type { GraphBuilder } from "./graph-builder.ts";
import { standIn } from "./stand-in.ts";

/** The nodes that a graph's outputs need, each after what it reads; stand-ins come before their time. */
export function* nodesBehind(g: GraphBuilder): Slices<readonly BuiltNode[]> {
  const producers = new Map<string, BuiltNode>();
  for (const node of g.nodes) for (const { name } of node.outputs) producers.set(name, node);
  yield;
  const needs = new Map<BuiltNode, readonly BuiltNode[]>();
  /** Who makes what a node reads, each once and the last first. */
  const needsOf = (node: BuiltNode): readonly BuiltNode[] => {
    const known = needs.get(node);
    if (known) return known;
    const made = new Set<BuiltNode>();
    for (const value of operandsOf(node).toReversed()) {
      const maker = value && producers.get(standIn(value).name);
      if (maker) made.add(maker);
    }
    needs.set(node, [...made]);
    return [...made];
  };

  const open = g.outputs.flatMap(({ value }) => producers.get(standIn(value).name) ?? []);
  const needed = new Set(open);
  for (let node = open.pop(); node; node = open.pop()) {
    for (const maker of needsOf(node)) {
      if (needed.has(maker)) continue;
      needed.add(maker);
      open.push(maker);
    }
    yield;
  }

  const sorted = new Set<BuiltNode>();
  for (const root of g.nodes) {
    if (!needed.has(root)) continue;
    const path = [root];
    for (let node = path.at(-1); node; node = path.at(-1)) {
      const missing = sorted.has(node) ? undefined : needsOf(node).find((maker) => !sorted.has(maker));
      if (missing) path.push(missing);
      else sorted.add(path.pop()!);
    }
    yield;
  }
  return [...sorted];
}
