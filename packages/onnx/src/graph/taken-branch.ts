import type { Tensor } from "@athanor/core";
import type { Graph, Node } from "../model.ts";

/** The branch that an If with a condition known beforehand takes. */
export function takenBranch({ op, domain, attributes }: Node, condition: () => Tensor | undefined): Graph | undefined {
  const known = op === "If" && domain === "" ? condition() : undefined;
  if (known === undefined) return undefined;
  const branch = attributes[known.data[0] ? "then_branch" : "else_branch"];
  return branch?.kind === "graph" ? branch.value : undefined;
}
