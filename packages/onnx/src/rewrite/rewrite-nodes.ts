import { atOnce, inSlices, type Slices } from "@athanor/core";
import { workingOpsets } from "../graph/working-opsets.ts";
import type { Graph, Model, Node } from "../model.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { deadCodeSlices } from "./dead-code.ts";
import { typeSlices } from "./graph-links.ts";
import { type GraphTables, type GraphView, viewSlices } from "./graph-view.ts";
import { namesRead, renamed } from "./names-read.ts";

/** What takes a node's place: known values, one an output, or nodes that compute the same outputs. */
export type Replacement =
  | { readonly values: readonly string[] }
  | { readonly nodes: readonly Node[]; readonly initializers?: ReadonlyMap<string, StoredTensor> };

/** Looks at one node and what is around it; `undefined` leaves it as it is. */
export type Rule = (node: Node, graph: GraphView) => Replacement | undefined;

/**
 * Offers every node of the model to the rules, producers first, and removes what is no longer read.
 *
 * Rules see the graph as it stands after those before them, so that chains fold in one go.
 */
export const rewriteNodes = (model: Model, ...rules: readonly Rule[]): Model => atOnce(rewriteSlices(model, rules));

/** Offers every node to the rules as `rewriteNodes` does, and lets timers and input run meanwhile. */
export const rewriteNodesInSlices = (model: Model, ...rules: readonly Rule[]): Promise<Model> =>
  inSlices(typedSlices(model, rules));

/** The first rule that asks for a type has all types inferred, so that they are inferred before, bit by bit. */
function* typedSlices(model: Model, rules: readonly Rule[]): Slices<Model> {
  yield* typeSlices(model.graph);
  return yield* rewriteSlices(model, rules);
}

function* rewriteSlices(model: Model, rules: readonly Rule[]): Slices<Model> {
  const { graph } = model;
  const tables = yield* viewSlices(graph);
  const { view, producers, counts, added: weights } = tables;
  const names = new Map<string, string>();
  const resolve = (name: string): string => {
    let at = name;
    for (let next = names.get(at); next !== undefined; next = names.get(at)) at = next;
    return at;
  };
  const nodes: Node[] = [];
  let fired = false;
  for (const original of graph.nodes) {
    yield;
    const node = names.size === 0 ? original : renamed(original, resolve);
    if (node !== original) for (const name of node.outputs) producers.set(name, node);
    let replacement: Replacement | undefined;
    for (const rule of rules) if ((replacement = rule(node, view))) break;
    if (
      replacement === undefined ||
      ("values" in replacement && !substitute(node, replacement.values.map(resolve), tables, names))
    ) {
      nodes.push(node);
      continue;
    }
    fired = true;
    for (const name of namesRead(node).map(resolve)) counts.set(name, view.uses(name) - 1);
    if ("values" in replacement) continue;
    for (const [name, tensor] of replacement.initializers ?? []) weights.set(name, tensor);
    for (const added of replacement.nodes) {
      nodes.push(added);
      for (const name of added.outputs) producers.set(name, added);
      for (const name of namesRead(added)) counts.set(name, view.uses(name) + 1);
    }
  }
  if (!fired) return model;
  for (const i of names.size === 0 ? [] : nodes.keys()) {
    nodes[i] = renamed(nodes[i]!, resolve);
    yield;
  }
  const initializers = new Map([...graph.initializers, ...weights]);
  return yield* deadCodeSlices({
    ...model,
    opsets: withDomains(model.opsets, nodes),
    graph: { ...graph, initializers, nodes },
  });
}

/**
 * Lets other values stand for a node's outputs. The name of a graph output has to stay: the value takes it over, unless
 * it is an input, a weight or an output itself.
 */
function substitute(
  node: Node,
  values: readonly string[],
  { view, producers, counts }: GraphTables,
  names: Map<string, string>,
): boolean {
  const movable = (name: string) => view.producer(name) !== undefined && !view.isOutput(name);
  const fits = node.outputs.every((output, i) => output === "" || !view.isOutput(output) || movable(values[i]!));
  if (!fits || new Set(values).size < values.length) return false;
  for (const [i, output] of node.outputs.entries()) {
    if (output === "") continue;
    const [from, to] = view.isOutput(output) ? [values[i]!, output] : [output, values[i]!];
    names.set(from, to);
    counts.set(to, view.uses(to) + view.uses(from));
    if (from !== output) producers.set(output, view.producer(from)!);
  }
  return true;
}

const withDomains = (opsets: Model["opsets"], nodes: Graph["nodes"]): Model["opsets"] => {
  const missing = new Set(nodes.map(({ domain }) => domain).filter((domain) => !(domain in opsets)));
  return { ...opsets, ...Object.fromEntries([...missing].map((domain) => [domain, workingOpsets[domain] ?? 1])) };
};
