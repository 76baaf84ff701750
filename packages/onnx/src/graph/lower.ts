import { atOnce, hashBytes, inSlices, type Slices } from "@athanor/core";
import { attributeValues } from "../attributes.ts";
import { keyOf } from "../rewrite/common-subexpressions.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { type BuiltNode, toNode, type Value } from "./built-node.ts";
import { bodiesOf, namesIn, renameInAttributes } from "./free-names.ts";
import { GraphBuilder } from "./graph-builder.ts";
import { nodesBehind } from "./nodes-behind.ts";
import { standIn } from "./stand-in.ts";

/** What a graph is written for: each has operators that the other lacks, or is slow at. */
export type LowerTarget = "cpu" | "gpu";

/**
 * Writes a graph again for the runtime: operators in the form that it computes fastest there, equal things computed once, and
 * nothing that no output needs. The outputs keep their names and values.
 */
export const lower = (g: GraphBuilder, target: LowerTarget = "cpu"): GraphBuilder => atOnce(lowerSlices(g, target));

/** Writes a graph again as `lower` does, and lets timers and input run meanwhile. */
export const lowerInSlices = (g: GraphBuilder, target: LowerTarget = "cpu"): Promise<GraphBuilder> =>
  inSlices(lowerSlices(g, target));

function* lowerSlices(g: GraphBuilder, target: LowerTarget): Slices<GraphBuilder> {
  return yield* shareEqual(yield* replay(g, yield* nodesBehind(g), lowerNode[target]));
}

type Replace = (next: GraphBuilder, node: BuiltNode, inputs: readonly (Value | undefined)[]) => readonly Value[];

function* replay(g: GraphBuilder, nodes: readonly BuiltNode[], replace: Replace): Slices<GraphBuilder> {
  const next = new GraphBuilder();
  const values = new Map<string, Value>();
  for (const { name, dtype, shape } of g.inputs) values.set(name, next.input(name, dtype, shape ?? []));
  // What bodies call their own values must stay theirs.
  for (const node of nodes) for (const body of bodiesOf(node)) for (const name of namesIn(body)) next.fresh(name);
  const stored = new Map<string, Value>();
  /** One value for weights of the same content. */
  const shared = (name: string, weight: StoredTensor, store: () => Value): Value => {
    const content = "bytes" in weight ? `${weight.dtype}:${weight.shape.join()}:${hashBytes(weight.bytes)}` : name;
    const value = stored.get(content) ?? store();
    stored.set(content, value);
    return value;
  };
  const at = (read: Value): Value => {
    const { name } = standIn(read);
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
    const names = new Map(node.captures.map((value) => [value.name, at(value).name]));
    const outputs = replace(
      next,
      { ...node, attributes: renameInAttributes(node.attributes, names) },
      node.inputs.map((input) => input && at(input)),
    );
    for (const [i, { name }] of node.outputs.entries()) if (name !== "") values.set(name, settled(outputs[i]!));
    yield;
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

const by =
  (rule: "lower" | "onGpu"): Replace =>
  (next, node, inputs) => {
    const { definition, outputs, attributes } = node;
    const better = definition[rule]?.({
      g: next,
      inputs,
      outputs,
      attributes: attributeValues(definition, attributes),
      constant: (input) => next.constantOf(inputs[input]),
    });
    return better ?? same(next, node, inputs);
  };
const lowerNode = { cpu: by("lower"), gpu: by("onGpu") } as const satisfies Record<LowerTarget, Replace>;

/** Nodes of pure operators with equal inputs and attributes become one. */
function shareEqual(g: GraphBuilder): Slices<GraphBuilder> {
  const seen = new Map<string, readonly Value[]>();
  return replay(g, g.nodes, (next, node, inputs) => {
    const key = keyOf({ ...toNode(node), inputs: inputs.map((input) => input?.name ?? "") });
    const known = key === undefined ? undefined : seen.get(key);
    const outputs = known ?? same(next, node, inputs);
    if (key !== undefined) seen.set(key, outputs);
    return outputs;
  });
}
