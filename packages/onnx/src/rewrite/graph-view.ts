import type { Tensor } from "@athanor/core";
import { atOnce, type Slices } from "@athanor/core";
import type { Graph, Node, ValueType } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";
import { linkSlices, namesOf, typesOf } from "./graph-links.ts";

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

/** A view with what a rewrite has changed of the graph as it goes. */
export interface GraphTables {
  readonly view: GraphView;
  readonly producers: Map<string, Node>;
  readonly counts: Map<string, number>;
  /** Weights that the rewrite has brought in. */
  readonly added: Map<string, StoredTensor>;
}

export const viewGraph = (graph: Graph): GraphTables => atOnce(viewSlices(graph));

/** The same, node by node. */
export function* viewSlices(graph: Graph): Slices<GraphTables> {
  const links = yield* linkSlices(graph);
  const producers = new Map<string, Node>();
  const counts = new Map<string, number>();
  const added = new Map<string, StoredTensor>();
  const taken = new Set<string>();
  const isTaken = (name: string) => taken.has(name) || namesOf(graph).has(name);
  const view: GraphView = {
    producer: (name) => producers.get(name) ?? links.producers.get(name),
    type: (name) => added.get(name) ?? typesOf(graph).get(name),
    constant(name) {
      const stored = added.get(name);
      return stored ? loadTensor(stored) : links.constants.valueOf(name);
    },
    uses: (name) => counts.get(name) ?? links.counts.get(name) ?? 0,
    isOutput: (name) => links.outputs.has(name),
    fresh(stem) {
      let name = stem;
      for (let i = 1; isTaken(name); i++) name = `${stem}_${i}`;
      taken.add(name);
      return name;
    },
  };
  return { view, producers, counts, added };
}
