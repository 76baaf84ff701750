import { bodiesOf } from "../graph/free-names.ts";
import type { Node } from "../model.ts";
import { registry } from "../registry.ts";

/** Whether a node gives the same for the same inputs; of an operator without rules nothing is known. */
export function isPure(node: Node): boolean {
  const definition = registry.get(`${node.domain}:${node.op}`);
  if (definition === undefined || definition.algebra?.isPure === false) return false;
  return bodiesOf(node).every((body) => body.nodes.every(isPure));
}
