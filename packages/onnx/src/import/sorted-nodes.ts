import { freeNames } from "../graph/free-names.ts";
import type { Graph, Node } from "../model.ts";

/**
 * A graph's nodes, each after those whose values it reads, as the standard asks and not every tool writes; nodes in order
 * keep theirs, and those of a cycle come last.
 */
export function sortedNodes(graph: Graph): readonly Node[] {
  const missing = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  const waiting = new Map<string, Node[]>();
  const sorted: Node[] = [];
  const next = graph.nodes.toReversed();
  for (let node = next.pop(); node !== undefined; node = next.pop()) {
    const lacking = namesRead(graph, node).find((name) => missing.has(name));
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

/** What a node and its bodies read of the graph. */
const namesRead = (graph: Graph, node: Node): readonly string[] => [
  ...freeNames({ ...graph, nodes: [node], inputs: [], outputs: [], initializers: new Map() }),
];
