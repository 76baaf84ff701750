import type { Slices } from "@athanor/core";
import type { Graph, Node } from "../model.ts";
import { namesRead } from "../rewrite/names-read.ts";

/**
 * A graph's nodes, each after those whose values it reads, as the standard asks and not every tool writes; nodes in order
 * keep theirs, and those of a cycle come last.
 */
export function* sortedNodes(graph: Graph): Slices<readonly Node[]> {
  const missing = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  const waiting = new Map<string, Node[]>();
  const sorted: Node[] = [];
  const next = graph.nodes.toReversed();
  for (let node = next.pop(); node !== undefined; node = next.pop()) {
    yield;
    const lacking = namesRead(node).find((name) => missing.has(name));
    if (lacking !== undefined) {
      waiting.set(lacking, [...(waiting.get(lacking) ?? []), node]);
      continue;
    }
    sorted.push(node);
    for (const name of node.outputs) {
      missing.delete(name);
      next.push(...(waiting.get(name) ?? []).toReversed());
      waiting.delete(name);
    }
  }
  return [...sorted, ...[...waiting.values()].flat()];
}
