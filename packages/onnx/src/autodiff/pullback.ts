import { AthanorError, atOnce, type Slices } from "@athanor/core";
import { attributeValues } from "../attributes.ts";
import { type BuiltNode, operandsOf, type Value } from "../graph/built-node.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import { guarded } from "../graph/guarded.ts";
import { carriesGradient } from "./carries-gradient.ts";
import { decompose, withOwnOutputs } from "./decompose.ts";
import { unbroadcast } from "./unbroadcast.ts";

/** What a reverse walk goes through: from gradients of some values back to those of others. */
export interface Pullback {
  readonly nodes: readonly BuiltNode[];
  readonly outputs: readonly (Value | undefined)[];
  /** One an output, `undefined` where the loss does not depend on it. */
  readonly upstream: readonly (Value | undefined)[];
  readonly wanted: readonly Value[];
  /** How the walk came to its outputs, for messages. */
  readonly path?: string;
  /** A node as its rule should read it, where that is a copy in a region that is computed again. */
  readonly again?: (node: BuiltNode, upstream: readonly (Value | undefined)[]) => BuiltNode;
}

/**
 * Appends the gradients that flow from a graph's outputs back to the wanted values, by reverse mode: each node's rule turns
 * the gradients of its outputs into those of its operands, and a value used several times gets the sum.
 *
 * @returns one value a wanted one, `undefined` where no gradient flows
 * @throws `onnx/no-gradient` naming the node and the path to it
 */
export function pullback(g: GraphBuilder, flow: Pullback): readonly (Value | undefined)[] {
  return atOnce(pullbackSlices(g, flow));
}

/** The same, node by node. */
export function* pullbackSlices(
  g: GraphBuilder,
  { nodes, outputs, upstream, wanted, path: start, again = (node) => node }: Pullback,
): Slices<readonly (Value | undefined)[]> {
  const active = dependents(nodes, wanted);
  const contributions = new Map<string, Value[]>();
  const paths = new Map<string, string>();
  for (const [i, output] of outputs.entries()) {
    const value = upstream[i];
    if (output === undefined || value === undefined) continue;
    contributions.set(output.name, [...(contributions.get(output.name) ?? []), value]);
    paths.set(output.name, start ?? output.name);
  }
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => contributions.has(name) && active.has(name))) continue;
    const flowing = node.outputs.map((output) => collect(g, contributions, output));
    const path = `${paths.get(node.outputs.find(({ name }) => paths.has(name))!.name)} ← ${node.name}`;
    for (const [operand, value] of differentiate(g, node, again(node, flowing), flowing, active, path)) {
      contributions.set(operand.name, [...(contributions.get(operand.name) ?? []), unbroadcast(g, value, operand)]);
      if (!paths.has(operand.name)) paths.set(operand.name, `${path} ← ${operand.name}`);
    }
    yield;
  }
  return wanted.map((value) => collect(g, contributions, value));
}

/** Names of the values through which gradients reach any of the wanted ones. */
export function dependents(nodes: readonly BuiltNode[], roots: readonly Value[]): ReadonlySet<string> {
  const active = new Set(roots.map(({ name }) => name));
  for (const node of nodes) {
    if (!operandsOf(node).some((operand) => operand && active.has(operand.name))) continue;
    const isActive = ({ name }: Value) => active.has(name);
    for (const output of node.outputs) if (carriesGradient(node, output, isActive)) active.add(output.name);
  }
  return active;
}

/** Sums a value's contributions and remembers the sum. */
function collect(g: GraphBuilder, contributions: Map<string, Value[]>, { name }: Value): Value | undefined {
  const terms = contributions.get(name);
  if (terms === undefined) return undefined;
  const sum = terms.length > 2 ? g.op("Sum", terms) : terms.reduce((total, term) => g.add(total, term));
  contributions.set(name, [sum]);
  return sum;
}

function differentiate(
  g: GraphBuilder,
  node: BuiltNode,
  read: BuiltNode,
  upstream: readonly (Value | undefined)[],
  active: ReadonlySet<string>,
  path: string,
): readonly (readonly [Value, Value])[] {
  const { definition, attributes } = node;
  const operands = operandsOf(node);
  const wants = (operand: number): boolean => {
    const value = operands[operand];
    return value !== undefined && active.has(value.name);
  };
  if (definition.gradient === undefined && definition.decompose === undefined)
    throw noGradient("an operator with a gradient", node, path);
  const label = { op: definition.name, name: node.name };
  const places = [...operands.keys()].filter((i) => wants(i) && operands.indexOf(operands[i]) === i);
  if (definition.gradient === undefined) {
    const parts = guarded(label, () => decompose(g, read));
    const lost = upstream.findIndex((value, i) => value !== undefined && parts.outputs[i] === undefined);
    if (lost >= 0) throw noGradient(`a gradient of its output ${lost}`, node, path);
    const wanted = places.map((i) => operandsOf(read)[i]!);
    const values = pullback(g, { ...withOwnOutputs(parts, read.outputs), upstream, wanted, path });
    return places.flatMap((place, i) => (values[i] ? [[operands[place]!, values[i]] as const] : []));
  }
  const rule = definition.gradient;
  const values = guarded(label, () =>
    rule({
      g,
      inputs: read.inputs as readonly Value[],
      outputs: read.outputs,
      captures: read.captures,
      upstream,
      attributes: attributeValues(definition, attributes),
      wants,
      constant: (input) => g.constantOf(node.inputs[input]),
    }),
  );
  return values.flatMap((value, i) => (value !== undefined && wants(i) ? [[operands[i]!, value] as const] : []));
}

const noGradient = (expected: string, { definition, name }: BuiltNode, path: string): AthanorError =>
  new AthanorError("onnx/no-gradient", `${definition.name}: expected ${expected}, got none on the path ${path}`, {
    fix: "Replace the operator, freeze what lies before it, or add its gradient.",
    details: { op: definition.name, node: name, path },
  });
