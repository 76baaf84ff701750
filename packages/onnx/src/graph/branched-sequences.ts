import type { Graph } from "../model.ts";
import { dynamicSequence } from "./dynamic-sequence.ts";
import type { Value } from "./graph-builder.ts";
import { namedOperand } from "./named-operand.ts";
import { isSequence, type Operand, type OperandNode } from "./sequence.ts";
import { hasSequences } from "./without-sequences.ts";

/** An If whose branches give sequences, as one that gives what is in them; `undefined` for any other node. */
export function branchedSequences({ g, node, inputs, names, inline }: OperandNode): readonly Operand[] | undefined {
  const { then_branch: first, else_branch: second } = node.attributes;
  if (node.op !== "If" || node.domain !== "" || first?.kind !== "graph" || second?.kind !== "graph") return undefined;
  if (!hasSequences(first.value) && !hasSequences(second.value)) return undefined;
  const branch = (graph: Graph) => {
    let given: readonly Operand[] = [];
    const body = g.body([], (inner) => {
      given = inline(graph, [], [], inner);
      return given.flatMap((operand) => (isSequence(operand) ? operand.parts : [operand]));
    });
    return { body, counts: given.map((operand) => (isSequence(operand) ? operand.parts.length : undefined)) };
  };
  const [taken, other] = [branch(first.value), branch(second.value)];
  if (taken.counts.every((count) => count === undefined)) return undefined;
  if (taken.counts.join() !== other.counts.join())
    throw dynamicSequence(node, "branches that give sequences of as many tensors");
  const values = g
    .ops(
      "If",
      inputs as readonly Value[],
      { then_branch: taken.body, else_branch: other.body },
      { outputs: taken.body.outputs.length, name: node.name || "If" },
    )
    .values();
  const next = () => values.next().value!;
  return taken.counts.map((count, i) =>
    count === undefined
      ? namedOperand(g, next(), names[i] ?? "")
      : g.sequence(names[i] ?? "", Array.from({ length: count }, next)),
  );
}
