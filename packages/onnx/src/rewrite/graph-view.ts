import type { Tensor } from "@athanor/core";
import { namesIn } from "../graph/free-names.ts";
import { constantsOf, inferTypes } from "../graph/infer-types.ts";
import type { Graph, Node, ValueType } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";
import { namesRead } from "./names-read.ts";

/** What a rule may ask about the graph around a node. */
export interface GraphView {
  producer(name: string): Node | undefined;
  type(name: string): ValueType | undefined;
  /** A value that no run can change: a weight that is no input, or a Constant. */
  constant(name: string): Tensor | undefined;
  /** How many nodes and graph outputs read a value. */
  uses(name: string): number;
  isOutput(name: string): boolean;
  /** A name that no value and no node has. */
  fresh(stem: string): string;
}

/** The tables behind a view; a rewrite keeps them up to date as it goes. */
export interface GraphTables {
  readonly view: GraphView;
  readonly producers: Map<string, Node>;
  readonly counts: Map<string, number>;
  /** Weights that the rewrite has brought in. */
  readonly added: Map<string, StoredTensor>;
}

/** Most passes look at a graph that others have looked at and left as it was. */
const inferred = new WeakMap<Graph, ReadonlyMap<string, ValueType>>();

function typesOf(graph: Graph): ReadonlyMap<string, ValueType> {
  const types = inferred.get(graph) ?? inferTypes(graph);
  inferred.set(graph, types);
  return types;
}

export function viewGraph(graph: Graph): GraphTables {
  const producers = new Map<string, Node>();
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of graph.nodes) {
    for (const name of node.outputs) if (name !== "") producers.set(name, node);
    for (const name of namesRead(node)) count(name);
  }
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  for (const name of outputs) count(name);
  const taken = new Set([...namesIn(graph), ...graph.nodes.map(({ name }) => name)]);
  const added = new Map<string, StoredTensor>();
  const original = constantsOf(graph);
  const constant = (name: string): Tensor | undefined => {
    const stored = added.get(name);
    return stored ? loadTensor(stored) : original(name);
  };
  const view: GraphView = {
    producer: (name) => producers.get(name),
    type: (name) => added.get(name) ?? typesOf(graph).get(name),
    constant,
    uses: (name) => counts.get(name) ?? 0,
    isOutput: (name) => outputs.has(name),
    fresh(stem) {
      let name = stem;
      for (let i = 1; taken.has(name); i++) name = `${stem}_${i}`;
      taken.add(name);
      return name;
    },
  };
  return { view, producers, counts, added };
}
