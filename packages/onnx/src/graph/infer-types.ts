import { AthanorError, type Tensor } from "@athanor/core";
import { attributeValues } from "../attributes.ts";
import { integersOf } from "../constant-tensor.ts";
import { constantValue } from "../evaluate/constant-value.ts";
import type { Graph, Node, ValueType } from "../model.ts";
import { registry } from "../registry.ts";
import { loadTensor } from "../stored-tensor.ts";

type Types = ReadonlyMap<string, ValueType>;
type Constant = (name: string) => Tensor | undefined;

/** What no run can change: a weight that is no input, or what a Constant states. */
export function constantsOf(graph: Graph): Constant {
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const stated = new Map(
    graph.nodes.flatMap((node) =>
      node.op === "Constant" && node.domain === "" ? [[node.outputs[0]!, node.attributes] as const] : [],
    ),
  );
  return (name) => {
    const stored = inputs.has(name) ? undefined : graph.initializers.get(name);
    if (stored) return loadTensor(stored);
    const attributes = stated.get(name);
    return attributes && constantValue(attributes);
  };
}

/**
 * Types of a graph's values by name, from what the file declares and what the operators' rules say.
 *
 * A value whose type does not follow is absent: unlike the builder, this looks at graphs that are not ours.
 *
 * @param outer what a body may read of the graphs around it
 */
export function inferTypes(graph: Graph, outer: Types = new Map(), around: Constant = () => undefined): Types {
  const own = constantsOf(graph);
  const constant: Constant = (name) => own(name) ?? around(name);
  const types = new Map(outer);
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

function inferNode(node: Node, types: Types, constant: Constant): readonly ValueType[] {
  const definition = registry.get(`${node.domain}:${node.op}`);
  if (definition === undefined || node.inputs.some((name) => name !== "" && !types.has(name))) return [];
  try {
    return definition.infer({
      inputs: node.inputs.map((name) => types.get(name)),
      attributes: attributeValues(definition, node.attributes),
      outputCount: node.outputs.length,
      constant: (input) => constant(node.inputs[input] ?? ""),
      lengths: (input) => {
        const known = constant(node.inputs[input] ?? "");
        const count = types.get(node.inputs[input] ?? "")?.shape?.[0];
        if (known) return integersOf(known);
        return typeof count === "number" ? Array.from({ length: count }, () => undefined) : undefined;
      },
      body: (body, given) => {
        const inputs = body.inputs.map(({ name }, i) => ({ name, ...given[i]! }));
        const inner = inferTypes({ ...body, inputs }, types, constant);
        return body.outputs.map(({ name }) => inner.get(name)!);
      },
    });
  } catch (error) {
    // A file of an older opset may write a node in a way that the rules do not read.
    if (error instanceof AthanorError || error instanceof TypeError) return [];
    throw error;
  }
}
