import { attributeValues } from "../attributes.ts";
import type { BuiltNode, Value } from "../graph/built-node.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";

export interface Decomposition {
  readonly nodes: readonly BuiltNode[];
  /** One an output; `undefined` where the rule leaves one out. */
  readonly outputs: readonly (Value | undefined)[];
}

/** Appends what a node computes in terms of other operators, by its operator's rule. */
export function decompose(g: GraphBuilder, { definition, inputs, outputs, attributes }: BuiltNode): Decomposition {
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

/**
 * A decomposition whose nodes give and read what the operator itself has computed, so that a rule that needs an output
 * does not compute it again.
 */
export function withOwnOutputs({ nodes, outputs: parts }: Decomposition, outputs: readonly Value[]): Decomposition {
  const produced = new Set(nodes.flatMap((node) => node.outputs.map(({ name }) => name)));
  const own = new Map(
    parts.flatMap((part, i) =>
      part && outputs[i] && outputs[i].name !== "" && produced.has(part.name) ? [[part.name, outputs[i]] as const] : [],
    ),
  );
  const swap = <V extends Value | undefined>(value: V) => ((value && own.get(value.name)) ?? value) as V;
  const swapped = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(swap),
    outputs: node.outputs.map(swap),
    captures: node.captures.map(swap),
  }));
  return { nodes: swapped, outputs: parts.map(swap) };
}
