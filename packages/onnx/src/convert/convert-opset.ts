import { AthanorError, type DType, type Tensor } from "@athanor/core";
import { constantValue } from "../evaluate/constant-value.ts";
import { guarded } from "../graph/guarded.ts";
import { workingOpsets } from "../graph/working-opsets.ts";
import type { Attribute, Graph, Model, Node } from "../model.ts";
import { loadTensor, type StoredTensor, storeTensor } from "../stored-tensor.ts";
import * as changes from "./changes/index.ts";
import type { ChangeContext, OperatorChange } from "./operator-change.ts";

/** Versions of the standard that can be read. */
const readable = { oldest: 7, newest: 28 } as const;

const table = Object.values(changes).flatMap((change) =>
  Object.entries(change.since).map(([op, version]) => ({ key: `${change.domain ?? ""}:${op}`, version, change })),
);

/**
 * Rewrites a model of another version of the standard in the forms of the working one, operator by operator.
 *
 * A newer version stays stated, since its operators may be newer too.
 *
 * @throws `onnx/opset` for versions before 7 or after 28, or a form that has no equal in the working version
 */
export function convertOpset(model: Model): Model {
  const version = model.opsets[""] ?? workingOpsets[""]!;
  if (version < readable.oldest || version > readable.newest) {
    throw new AthanorError(
      "onnx/opset",
      `Model: expected version ${readable.oldest} to ${readable.newest} of the standard, got ${version}`,
      { fix: "Export the model with a version in that range.", details: { version } },
    );
  }
  const settled = Object.entries(workingOpsets).every(
    ([domain, working]) => (model.opsets[domain] ?? working) === working,
  );
  if (settled) return model;
  const opsets = Object.fromEntries(
    Object.entries(model.opsets).map(([domain, stated]) => [domain, Math.max(workingOpsets[domain] ?? stated, stated)]),
  );
  return { ...model, opsets, graph: convertGraph(model.graph, model.opsets, new Scope(model.graph)) };
}

function convertGraph(graph: Graph, opsets: Readonly<Record<string, number>>, outer: Scope): Graph {
  const scope = outer.enter(graph);
  const nodes = graph.nodes.flatMap((node) => {
    const inner = { ...node, attributes: mapGraphs(node.attributes, (value) => convertGraph(value, opsets, scope)) };
    return rewritten(inner, opsets[node.domain] ?? workingOpsets[node.domain] ?? 1, scope);
  });
  return { ...graph, nodes, initializers: new Map([...graph.initializers, ...scope.added]) };
}

/** Applies the changes after the node's version one by one; what a change writes is read by the later ones. */
function rewritten(node: Node, from: number, scope: Scope): readonly Node[] {
  const working = workingOpsets[node.domain] ?? from;
  const isNext = ({ version, change }: { version: number; change: OperatorChange }) =>
    change.isNewer ? version <= from : version > from && version <= working;
  const next = table
    .filter(({ key, ...entry }) => key === `${node.domain}:${node.op}` && isNext(entry))
    .sort((a, b) => a.version - b.version)[0];
  if (next === undefined) return [node];
  const after = next.change.isNewer ? working : next.version;
  return guarded(node, () => next.change.rewrite(node, scope)).flatMap((part) => rewritten(part, after, scope));
}

const mapGraphs = (
  attributes: Readonly<Record<string, Attribute>>,
  map: (graph: Graph) => Graph,
): Readonly<Record<string, Attribute>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      attribute.kind === "graph" ? { ...attribute, value: map(attribute.value) } : attribute,
    ]),
  );

interface Taken {
  readonly names: Set<string>;
  /** The next number to try behind a name. */
  readonly counts: Map<string, number>;
}

/** Names, constants and types that a graph and the graphs around it hold. */
class Scope implements ChangeContext {
  readonly added = new Map<string, StoredTensor>();
  readonly #taken: Taken;
  readonly #graphs: readonly Graph[];

  constructor(graph: Graph, taken: Taken = { names: new Set(), counts: new Map() }, outer: readonly Graph[] = []) {
    this.#taken = taken;
    this.#graphs = [graph, ...outer];
    if (outer.length === 0) collectNames(graph, taken.names);
  }

  enter(graph: Graph): Scope {
    return graph === this.#graphs[0] ? this : new Scope(graph, this.#taken, this.#graphs);
  }

  fresh = (stem: string): string => {
    const { names, counts } = this.#taken;
    let name = stem;
    let count = counts.get(stem) ?? 1;
    while (names.has(name)) name = `${stem}_${count++}`;
    counts.set(stem, count);
    names.add(name);
    return name;
  };

  constant = (stem: string, tensor: Tensor): string => {
    const name = this.fresh(stem);
    this.added.set(name, storeTensor(tensor));
    return name;
  };

  constantOf = (name: string | undefined): Tensor | undefined => {
    if (name === undefined) return undefined;
    for (const { initializers, nodes } of this.#graphs) {
      const stored = initializers.get(name);
      if (stored) return loadTensor(stored);
      const node = nodes.find(({ op, outputs }) => op === "Constant" && outputs[0] === name);
      if (node) return constantValue(node.attributes);
    }
    const added = this.added.get(name);
    return added && loadTensor(added);
  };

  dtypeOf = (name: string): DType | undefined => {
    for (const { initializers, inputs, values, outputs } of this.#graphs) {
      const stated = initializers.get(name) ?? [...inputs, ...values, ...outputs].find((info) => info.name === name);
      if (stated) return stated.dtype;
    }
    return undefined;
  };
}

function collectNames({ inputs, initializers, nodes }: Graph, taken: Set<string>): void {
  for (const { name } of inputs) taken.add(name);
  for (const name of initializers.keys()) taken.add(name);
  for (const node of nodes) {
    for (const name of [...node.inputs, ...node.outputs]) taken.add(name);
    for (const attribute of Object.values(node.attributes))
      if (attribute.kind === "graph") collectNames(attribute.value, taken);
  }
}
