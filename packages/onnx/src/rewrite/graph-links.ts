import { atOnce, type Slices } from "@athanor/core";
import { bodiesOf, namesIn } from "../graph/free-names.ts";
import { type Constants, constantsOf, inferSlices } from "../graph/infer-types.ts";
import type { Graph, Node, ValueType } from "../model.ts";
import { namesRead } from "./names-read.ts";

/** What the nodes of a graph say of its values. */
export interface GraphLinks {
  readonly producers: ReadonlyMap<string, Node>;
  /** How many nodes and graph outputs read a value. */
  readonly counts: ReadonlyMap<string, number>;
  readonly outputs: ReadonlySet<string>;
  readonly constants: Constants;
  /** Whether a value or a node has a name. */
  isTaken(name: string): boolean;
}

/** Most passes look at a graph that others have looked at and left as it was. */
const known = new WeakMap<Graph, GraphLinks>();
const inferred = new WeakMap<Graph, ReadonlyMap<string, ValueType>>();

export function* linkSlices(graph: Graph): Slices<GraphLinks> {
  const before = known.get(graph);
  if (before) return before;
  const producers = new Map<string, Node>();
  const counts = new Map<string, number>();
  const names = new Set(graph.inputs.map(({ name }) => name));
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of graph.nodes) {
    for (const name of node.outputs) if (name !== "") producers.set(name, node);
    for (const name of namesRead(node)) count(name);
    names.add(node.name);
    for (const body of bodiesOf(node)) for (const name of namesIn(body)) names.add(name);
    yield;
  }
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  for (const name of outputs) count(name);
  const isTaken = (name: string) => names.has(name) || producers.has(name) || graph.initializers.has(name);
  const links = { producers, counts, outputs, constants: constantsOf(graph), isTaken };
  known.set(graph, links);
  return links;
}

/** Types of a graph's values by name. */
export function* typeSlices(graph: Graph): Slices<ReadonlyMap<string, ValueType>> {
  const types = inferred.get(graph) ?? (yield* inferSlices(graph));
  inferred.set(graph, types);
  return types;
}

export const typesOf = (graph: Graph): ReadonlyMap<string, ValueType> =>
  inferred.get(graph) ?? atOnce(typeSlices(graph));
