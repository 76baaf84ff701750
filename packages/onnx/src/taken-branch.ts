import type { Tensor } from "@athanor/core";
import type { Graph, Node } from "./model.ts";

/** The branch that an If with a condition known beforehand takes. */
export function takenBranch({ op, domain, attributes }: Node, condition: Tensor | undefined): Graph | undefined {
  if (op !== "If" || domain !== "" || condition === undefined) return undefined;
  const branch = attributes[condition.data[0] ? "then_branch" : "else_branch"];
  return branch?.kind === "graph" ? branch.value : undefined;
}
