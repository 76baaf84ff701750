import { hashBytes } from "@athanor/core";
import { attributeValues } from "../attributes.ts";
import { keyOf } from "../rewrite/common-subexpressions.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { type BuiltNode, toNode, type Value } from "./built-node.ts";
import { GraphBuilder } from "./graph-builder.ts";
import { liveNodes } from "./live-nodes.ts";

/**
 * Writes a graph again for the runtime: operators in the form that it computes fastest, equal things computed once, and
 * nothing that no output needs. The outputs keep their names and values.
 */
export function lower(g: GraphBuilder): GraphBuilder {
  const live = liveNodes(g.nodes, new Set(g.outputs.map(({ value }) => value.name)));
  // Bodies name values of the graph around them, which would have other names.
  if (live.some(({ captures }) => captures.length > 0)) return g;
  return shareEqual(replay(g, live, lowerNode));
}

type Replace = (next: GraphBuilder, node: BuiltNode, inputs: readonly (Value | undefined)[]) => readonly Value[];

function replay(g: GraphBuilder, nodes: readonly BuiltNode[], replace: Replace): GraphBuilder {
  const next = new GraphBuilder();
  const values = new Map<string, Value>();
  for (const { name, dtype, shape } of g.inputs) values.set(name, next.input(name, dtype, shape ?? []));
  const stored = new Map<string, Value>();
  /** One value for weights of the same content. */
  const shared = (name: string, weight: StoredTensor, store: () => Value): Value => {
    const content = "bytes" in weight ? `${weight.dtype}:${weight.shape.join()}:${hashBytes(weight.bytes)}` : name;
    const value = stored.get(content) ?? store();
    stored.set(content, value);
    return value;
  };
  const at = ({ name }: Value): Value => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const weight = g.initializers.get(name)!;
    const value = shared(name, weight, () => next.initializer(next.fresh(name), weight));
    values.set(name, value);
    return value;
  };
  /** What only constants decide is a weight by now. */
  const settled = (value: Value): Value => {
    const weight = next.initializers.get(value.name);
    return weight ? shared(value.name, weight, () => value) : value;
  };
  for (const node of nodes) {
    const outputs = replace(
      next,
      node,
      node.inputs.map((input) => input && at(input)),
    );
    for (const [i, { name }] of node.outputs.entries()) if (name !== "") values.set(name, settled(outputs[i]!));
  }
  for (const { name, value } of g.outputs) next.output(name, at(value));
  return next;
}

const same: Replace = (next, node, inputs) =>
  next.adopt(
    { ...toNode(node), name: next.fresh(node.name) },
    inputs,
    node.outputs.map(({ name }) => (name === "" ? "" : next.fresh(name))),
  );

const lowerNode: Replace = (next, node, inputs) => {
  const { definition, outputs, attributes } = node;
  const faster = definition.lower?.({
    g: next,
    inputs,
    outputs,
    attributes: attributeValues(definition, attributes),
    constant: (input) => next.constantOf(inputs[input]),
  });
  return faster ?? same(next, node, inputs);
};

/** Nodes of pure operators with equal inputs and attributes become one. */
function shareEqual(g: GraphBuilder): GraphBuilder {
  const seen = new Map<string, readonly Value[]>();
  return replay(g, g.nodes, (next, node, inputs) => {
    const key = keyOf({ ...toNode(node), inputs: inputs.map((input) => input?.name ?? "") });
    const known = key === undefined ? undefined : seen.get(key);
    const outputs = known ?? same(next, node, inputs);
    if (key !== undefined) seen.set(key, outputs);
    return outputs;
  });
}
