import { AthanorError, type Tensor } from "@athanor/core";
import { attributeValues } from "./attributes.ts";
import type { Graph, Node, ValueType } from "./model.ts";
import { registry } from "./registry.ts";

/**
 * Types of a graph's values by name, from what the file declares and what the operators' rules say.
 *
 * A value whose type does not follow is absent: unlike the builder, this looks at graphs that are not ours.
 */
export function inferTypes(
  graph: Graph,
  constant: (name: string) => Tensor | undefined,
): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>();
  for (const { name, dtype, shape } of [...graph.values, ...graph.outputs]) types.set(name, { dtype, shape });
  for (const { name, dtype, shape } of graph.inputs) types.set(name, { dtype, shape });
  for (const [name, { dtype, shape }] of graph.initializers) types.set(name, { dtype, shape });
  for (const node of graph.nodes)
    for (const [i, type] of inferNode(node, types, constant).entries()) {
      const name = node.outputs[i];
      // What a rule finds is more exact than what a file says, unless it finds no shape.
      if (name && (type.shape !== undefined || !types.has(name))) types.set(name, type);
    }
  return types;
}

function inferNode(
  node: Node,
  types: ReadonlyMap<string, ValueType>,
  constant: (name: string) => Tensor | undefined,
): readonly ValueType[] {
  const definition = registry.get(`${node.domain}:${node.op}`);
  if (definition === undefined || node.inputs.some((name) => name !== "" && !types.has(name))) return [];
  try {
    return definition.infer({
      inputs: node.inputs.map((name) => types.get(name)),
      attributes: attributeValues(definition, node.attributes),
      outputCount: node.outputs.length,
      constant: (input) => constant(node.inputs[input] ?? ""),
    });
  } catch (error) {
    // A file of an older opset may write a node in a way that the rules do not read.
    if (error instanceof AthanorError || error instanceof TypeError) return [];
    throw error;
  }
}
