import { type BuiltNode, operandsOf, toNode, type Value } from "../graph/built-node.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import type { Region } from "./region.ts";

/**
 * Builds the copies of regions as the backward walk reaches them.
 *
 * @returns a node as the backward pass should see it, given the gradients of its outputs: its copy in a region, itself
 * elsewhere
 */
export function recomputation(
  g: GraphBuilder,
  regions: readonly Region[],
  withRespectTo: readonly Value[],
): (node: BuiltNode, upstream: readonly (Value | undefined)[]) => BuiltNode {
  if (regions.length === 0) return (node) => node;
  const nodes = [...g.nodes];
  const moving = dependents(
    nodes,
    g.inputs.map(({ name }) => name),
    new Set(withRespectTo.map(({ name }) => name)),
  );
  const regionOf = new Map(regions.flatMap((region) => region.nodes.map((name) => [name, region] as const)));
  const copies = new Map<Region, ReadonlyMap<string, BuiltNode>>();
  return (node, upstream) => {
    const region = regionOf.get(node.name);
    if (region === undefined) return node;
    if (!copies.has(region)) {
      const own = nodes.filter(({ name }) => regionOf.get(name) === region);
      copies.set(region, copyRegion(g, own, upstream.find((value) => value !== undefined)!, moving));
    }
    return copies.get(region)!.get(node.name) ?? node;
  };
}

/**
 * What the data reaches. Values made of weights alone are as large as the weights: they are kept, not computed again.
 * Where every input is differentiated, all of them are data.
 */
function dependents(
  nodes: readonly BuiltNode[],
  inputs: readonly string[],
  weights: ReadonlySet<string>,
): ReadonlySet<string> {
  const data = inputs.filter((name) => !weights.has(name));
  const moving = new Set(data.length > 0 ? data : inputs);
  for (const node of nodes)
    if (operandsOf(node).some((operand) => operand && moving.has(operand.name)))
      for (const { name } of node.outputs) moving.add(name);
  return moving;
}

function copyRegion(
  g: GraphBuilder,
  nodes: readonly BuiltNode[],
  upstream: Value,
  moving: ReadonlySet<string>,
): ReadonlyMap<string, BuiltNode> {
  const values = new Map<string, Value>();
  const hold = holdBack(g, upstream);
  const copies = new Map<string, BuiltNode>();
  for (const node of nodes) {
    const moves = (input: Value | undefined): input is Value => input !== undefined && moving.has(input.name);
    if (!node.inputs.some(moves)) continue;
    const inputs = node.inputs.map((input) => {
      if (!moves(input)) return input;
      if (!values.has(input.name)) values.set(input.name, hold(input));
      return values.get(input.name)!;
    });
    const names = node.outputs.map(({ name }) => name && g.fresh(name));
    const outputs = g.adopt({ ...toNode(node), name: g.fresh(node.name) }, inputs, names, (i) => node.outputs[i]);
    for (const [i, { name }] of node.outputs.entries()) values.set(name, outputs[i]!);
    copies.set(node.name, { ...node, inputs, outputs });
  }
  return copies;
}

/**
 * Ties values to a gradient, so that what is computed from them cannot run before the backward pass arrives.
 *
 * A runtime merges nodes with equal inputs and runs a node as soon as its inputs are there. Choosing between a value and
 * itself by a condition that only the gradient decides is equal to the value, and no runtime can know that.
 */
function holdBack(g: GraphBuilder, upstream: Value): (value: Value) => Value {
  const flat = g.reshape(upstream, [-1]);
  const [start, end] = [g.constant([0], "int64"), g.constant([1], "int64")];
  const decided = g.op("IsNaN", [g.op("Slice", [flat, start, end])]);
  return (value) => g.where(decided, value, value);
}
