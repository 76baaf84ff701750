import { AthanorError } from "@athanor/core";
import { attributeValues } from "./attributes.ts";
import { planRegions } from "./checkpoint/plan-regions.ts";
import { recomputation } from "./checkpoint/recomputation.ts";
import type { Checkpoint } from "./checkpoint/region.ts";
import type { BuiltNode, GraphBuilder, Value } from "./graph-builder.ts";
import { isFloat, showShape } from "./shapes.ts";
import { unbroadcast } from "./unbroadcast.ts";

/**
 * Appends the gradients of a loss to its graph by reverse mode: each node's rule turns the gradients of its outputs into
 * those of its inputs, and a value used several times gets the sum.
 *
 * @param loss a scalar
 * @param options.checkpoint what the backward pass computes anew instead of keeping it
 * @returns one value a wanted one, of its shape; zeros where the loss does not depend on it
 * @throws `onnx/no-gradient` naming the node and the path from the loss, `onnx/shape` when the loss is not a scalar,
 * `onnx/checkpoint-budget` when no choice of regions fits a budget
 */
export function gradient(
  g: GraphBuilder,
  loss: Value,
  withRespectTo: readonly Value[],
  { checkpoint = [] }: { readonly checkpoint?: Checkpoint | undefined } = {},
): readonly Value[] {
  if (loss.shape.some((length) => length !== 1)) {
    throw new AthanorError(
      "onnx/shape",
      `gradient: expected the loss to be a scalar, got ${loss.name} of shape ${showShape(loss.shape)}`,
      {
        fix: "Reduce the loss, for example with reduceMean.",
        details: { loss: loss.name },
      },
    );
  }
  const nodes = [...g.nodes];
  const active = dependents(nodes, withRespectTo);
  const contributions = new Map<string, Value[]>([[loss.name, [ones(g, loss)]]]);
  const paths = new Map<string, string>([[loss.name, loss.name]]);
  const regions =
    "budgetBytes" in checkpoint ? planRegions(g, loss, withRespectTo, checkpoint.budgetBytes, gradient) : checkpoint;
  const computedAgain = recomputation(g, regions, withRespectTo);

  for (const node of nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => contributions.has(name) && active.has(name))) continue;
    const upstream = node.outputs.map((output) => collect(g, contributions, output));
    const path = `${paths.get(node.outputs.find(({ name }) => paths.has(name))!.name)} ← ${node.name}`;
    const again = computedAgain(node, upstream);
    for (const [input, value] of differentiate(g, node, again, upstream, active, path)) {
      contributions.set(input.name, [...(contributions.get(input.name) ?? []), unbroadcast(g, value, input)]);
      if (!paths.has(input.name)) paths.set(input.name, `${path} ← ${input.name}`);
    }
  }
  return withRespectTo.map((value) => collect(g, contributions, value) ?? g.mul(value, 0));
}

/** Names of the values that depend on any of the wanted ones. */
function dependents(nodes: readonly BuiltNode[], roots: readonly Value[]): ReadonlySet<string> {
  const active = new Set(roots.map(({ name }) => name));
  for (const { inputs, outputs } of nodes) {
    if (!inputs.some((input) => input && active.has(input.name))) continue;
    for (const { name, dtype } of outputs) if (isFloat(dtype)) active.add(name);
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
  /** The node as the backward pass sees it: itself, or its copy in a region that is computed again. */
  again: Pick<BuiltNode, "inputs" | "outputs">,
  upstream: readonly (Value | undefined)[],
  active: ReadonlySet<string>,
  path: string,
): readonly (readonly [Value, Value])[] {
  const { definition, inputs, attributes } = node;
  const wants = (input: number): boolean => {
    const value = inputs[input];
    return value !== undefined && active.has(value.name);
  };
  if (definition.gradient === undefined) {
    throw new AthanorError(
      "onnx/no-gradient",
      `${definition.name}: expected an operator with a gradient, got none on the path ${path}`,
      {
        fix: "Replace the operator, freeze what lies before it, or add its gradient.",
        details: { op: definition.name, node: node.name, path },
      },
    );
  }
  const values = definition.gradient({
    g,
    inputs: again.inputs as readonly Value[],
    outputs: again.outputs,
    upstream,
    attributes: attributeValues(definition, attributes),
    wants,
    constant: (input) => g.constantOf(inputs[input]),
  });
  return values.flatMap((value, i) => (value !== undefined && wants(i) ? [[inputs[i]!, value] as const] : []));
}

const ones = (g: GraphBuilder, loss: Value): Value => g.reshape(g.constant(1, loss.dtype as "float32"), loss.shape);
