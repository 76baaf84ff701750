import type { GraphBuilder } from "./graph-builder.ts";
import { isSequence, type Operand } from "./sequence.ts";

/** The same under another name; an empty name asks for none. */
export function namedOperand(g: GraphBuilder, operand: Operand, name: string): Operand {
  if (name === "" || operand.name === name) return operand;
  if (isSequence(operand)) return g.sequence(name, operand.parts);
  const identity = { op: "Identity", domain: "", name: g.fresh("Identity"), inputs: [], outputs: [], attributes: {} };
  return g.adopt(identity, [operand], [name])[0]!;
}
