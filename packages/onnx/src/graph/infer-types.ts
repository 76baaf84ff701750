import { AthanorError, atOnce, type Slices, type Tensor } from "@athanor/core";
import { attributeValues } from "../attributes.ts";
import { integersOf } from "../constant-tensor.ts";
import { constantValue } from "../evaluate/constant-value.ts";
import type { Graph, Node, ValueType } from "../model.ts";
import { registry } from "../registry.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";
import { bodiesOf } from "./free-names.ts";

type Types = ReadonlyMap<string, ValueType>;

/** What no run can change: a weight that is no input, or what a Constant states. */
export interface Constants {
  /** What holds a value, the same object as long as it is the same value. */
  source(name: string): StoredTensor | Node["attributes"] | undefined;
  valueOf(name: string): Tensor | undefined;
}

export function constantsOf(graph: Graph): Constants {
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const stated = new Map(
    graph.nodes.flatMap((node) =>
      node.op === "Constant" && node.domain === "" ? [[node.outputs[0]!, node.attributes] as const] : [],
    ),
  );
  const stored = (name: string) => (inputs.has(name) ? undefined : graph.initializers.get(name));
  return {
    source: (name) => stored(name) ?? stated.get(name),
    valueOf(name) {
      const tensor = stored(name);
      if (tensor) return loadTensor(tensor);
      const attributes = stated.get(name);
      return attributes && constantValue(attributes);
    },
  };
}

const nothing: Constants = { source: () => undefined, valueOf: () => undefined };

const within = (inner: Constants, outer: Constants): Constants => ({
  source: (name) => inner.source(name) ?? outer.source(name),
  valueOf: (name) => inner.valueOf(name) ?? outer.valueOf(name),
});

/**
 * Types of a graph's values by name, from what the file declares and what the operators' rules say.
 *
 * A value whose type does not follow is absent: unlike the builder, this looks at graphs that are not ours.
 *
 * @param outer what a body may read of the graphs around it
 */
export const inferTypes = (graph: Graph, outer: Types = new Map(), around: Constants = nothing): Types =>
  atOnce(inferSlices(graph, outer, around));

/** The same, node by node. */
export function* inferSlices(graph: Graph, outer: Types = new Map(), around: Constants = nothing): Slices<Types> {
  const constants = within(constantsOf(graph), around);
  const types = new Map(outer);
  for (const { name, dtype, shape } of [...graph.values, ...graph.outputs]) types.set(name, { dtype, shape });
  for (const { name, dtype, shape } of graph.inputs) types.set(name, { dtype, shape });
  for (const [name, { dtype, shape }] of graph.initializers) types.set(name, { dtype, shape });
  for (const node of graph.nodes) {
    for (const [i, type] of inferNode(node, types, constants).entries()) {
      const name = node.outputs[i];
      // What a rule finds is more exact than what a file says, unless it finds no shape.
      if (name && (type.shape !== undefined || !types.has(name))) types.set(name, type);
    }
    yield;
  }
  return types;
}

interface Found {
  readonly inputs: readonly (ValueType | undefined)[];
  readonly sources: readonly unknown[];
  readonly outputs: readonly ValueType[];
}

/** What rules have said: rewriting leaves most nodes as they are, and a rule says the same of the same. */
const found = new WeakMap<Node, Found>();

function inferNode(node: Node, types: Types, constants: Constants): readonly ValueType[] {
  if (node.inputs.some((name) => name !== "" && !types.has(name))) return [];
  const known = found.get(node);
  const isKnown =
    known !== undefined &&
    node.inputs.every(
      (name, i) => isSameType(types.get(name), known.inputs[i]) && constants.source(name) === known.sources[i],
    );
  if (isKnown) return known.outputs;
  const inputs = node.inputs.map((name) => types.get(name));
  const outputs = ruleOf(node, inputs, types, constants);
  // What a body reads of the graphs around it may change with them.
  if (bodiesOf(node).length === 0)
    found.set(node, { inputs, sources: node.inputs.map((name) => constants.source(name)), outputs });
  return outputs;
}

const isSameType = (a: ValueType | undefined, b: ValueType | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.dtype === b.dtype &&
    a.shape?.length === b.shape?.length &&
    (a.shape ?? []).every((length, axis) => length === b.shape![axis]));

function ruleOf(
  node: Node,
  inputs: readonly (ValueType | undefined)[],
  types: Types,
  constants: Constants,
): readonly ValueType[] {
  const definition = registry.get(`${node.domain}:${node.op}`);
  if (definition === undefined) return [];
  const constant = (input: number) => constants.valueOf(node.inputs[input] ?? "");
  try {
    return definition.infer({
      inputs,
      attributes: attributeValues(definition, node.attributes),
      outputCount: node.outputs.length,
      constant,
      lengths: (input) => {
        const known = constant(input);
        const count = inputs[input]?.shape?.[0];
        if (known) return integersOf(known);
        return typeof count === "number" ? Array.from({ length: count }, () => undefined) : undefined;
      },
      body: (body, given) => {
        const own = body.inputs.map(({ name }, i) => ({ name, ...given[i]! }));
        const inner = inferTypes({ ...body, inputs: own }, types, constants);
        return body.outputs.map(({ name }) => inner.get(name)!);
      },
    });
  } catch (error) {
    // A file of an older opset may write a node in a way that the rules do not read.
    if (error instanceof AthanorError || error instanceof TypeError) return [];
    throw error;
  }
}
