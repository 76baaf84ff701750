import { atOnce, type Slices } from "@athanor/core";
import type { Graph, Node, ValueType } from "../model.ts";
import { branchedSequences } from "./branched-sequences.ts";
import { collectedLoop } from "./collected-loop.ts";
import { dynamicSequence } from "./dynamic-sequence.ts";
import { bodiesOf, renameInAttributes } from "./free-names.ts";
import type { GraphBuilder, Value } from "./graph-builder.ts";
import { guarded } from "./guarded.ts";
import { namedOperand } from "./named-operand.ts";
import { type Inline, isSequence, type Operand } from "./sequence.ts";
import { sequenceNode } from "./sequence-nodes.ts";
import { takenBranch } from "./taken-branch.ts";
import { unrolledLoop } from "./unrolled-loop.ts";

/**
 * Appends the nodes of a body to a graph, under new names where theirs are taken.
 *
 * @param names what its outputs are called, where that matters
 * @returns the values of its outputs
 */
export function inlineGraph(
  g: GraphBuilder,
  graph: Graph,
  inputs: readonly Value[],
  names: readonly string[] = [],
): readonly Value[] {
  return atOnce(inlineSlices(g, graph, inputs, names));
}

/** The same, node by node. */
export function* inlineSlices(
  g: GraphBuilder,
  graph: Graph,
  inputs: readonly Value[],
  names: readonly string[] = [],
): Slices<readonly Value[]> {
  const outputs = yield* inlineOperands(g, graph, inputs, names);
  return outputs.map((output) => {
    if (!isSequence(output)) return output;
    throw dynamicSequence({ op: "Graph", name: graph.name }, "tensors out of a body");
  });
}

/** The same where sequences go in or come out. */
function* inlineOperands(
  g: GraphBuilder,
  graph: Graph,
  inputs: readonly Operand[],
  names: readonly string[] = [],
): Slices<readonly Operand[]> {
  const known = new Map<string, Operand>(graph.inputs.map(({ name }, i) => [name, inputs[i]!]));
  for (const [name, stored] of graph.initializers)
    if (!known.has(name)) known.set(name, g.initializer(g.fresh(name), stored));
  const declared = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
  const given = new Map(graph.outputs.flatMap(({ name }, i) => (names[i] ? [[name, names[i]] as const] : [])));
  const used = new Set<string>();
  const rename = (name: string): string => {
    const own = given.get(name);
    if (own !== undefined) used.add(own);
    return name && (own ?? g.fresh(name));
  };

  const attributesOf = (node: Node) =>
    bodiesOf(node).length === 0
      ? node.attributes
      : renameInAttributes(node.attributes, new Map([...known].map(([name, value]) => [name, value.name])));

  for (const node of graph.nodes) {
    const outputs = adoptNode(
      g,
      { ...node, name: g.fresh(node.name || node.op), attributes: attributesOf(node) },
      node.inputs.map((name) => (name === "" ? undefined : (known.get(name) ?? g.operand(name)))),
      node.outputs.map(rename),
      (i) => declared.get(node.outputs[i]!),
    );
    for (const [i, name] of node.outputs.entries()) known.set(name, outputs[i]!);
    yield;
  }
  return graph.outputs.map(({ name }, i) => {
    const value = known.get(name) ?? g.operand(name);
    const own = names[i];
    return !own || used.has(own) ? value : namedOperand(g, value, own);
  });
}

/**
 * Applies a node of a model to values of a graph and to sequences of them, whose operators become operators on their parts.
 *
 * @throws `onnx/dynamic-sequence` where only a run tells what is in a sequence
 */
export function adoptNode(
  g: GraphBuilder,
  node: Node,
  inputs: readonly (Operand | undefined)[],
  names: readonly string[],
  declared?: (output: number) => ValueType | undefined,
): readonly Operand[] {
  const [first] = inputs;
  const inline: Inline = (graph, given, own, into = g) => atOnce(inlineOperands(into, graph, given, own));
  const branch = takenBranch(node, () => (isSequence(first) ? undefined : g.constantOf(first)));
  if (branch) return inline(branch, [], names);
  const context = { g, node, inputs, names, inline };
  const made = guarded(
    node,
    () => sequenceNode(context) ?? unrolledLoop(context) ?? collectedLoop(context) ?? branchedSequences(context),
  );
  if (made) return made;
  const values = inputs.map((input) => {
    if (!isSequence(input)) return input;
    throw dynamicSequence(node, "an operator that sequences can be taken apart for");
  });
  return g.adopt(node, values, names, declared);
}
