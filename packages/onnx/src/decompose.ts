import { attributeValues } from "./attributes.ts";
import type { BuiltNode, Value } from "./built-node.ts";
import type { GraphBuilder } from "./graph-builder.ts";

/** Appends what a node computes in terms of other operators, by its operator's rule. */
export function decompose(
  g: GraphBuilder,
  { definition, inputs, outputs, attributes }: BuiltNode,
): { readonly nodes: readonly BuiltNode[]; readonly outputs: readonly (Value | undefined)[] } {
  const first = g.nodes.length;
  const parts = definition.decompose!({
    g,
    inputs,
    outputs,
    attributes: attributeValues(definition, attributes),
    constant: (input) => g.constantOf(inputs[input]),
  });
  return { nodes: g.nodes.slice(first), outputs: parts };
}
