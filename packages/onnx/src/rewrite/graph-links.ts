import { atOnce, type Slices } from "@athanor/core";
import { namesIn } from "../graph/free-names.ts";
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
}

/** Most passes look at a graph that others have looked at and left as it was. */
const known = new WeakMap<Graph, GraphLinks>();
const inferred = new WeakMap<Graph, ReadonlyMap<string, ValueType>>();
const named = new WeakMap<Graph, ReadonlySet<string>>();

export function* linkSlices(graph: Graph): Slices<GraphLinks> {
  const before = known.get(graph);
  if (before) return before;
  const producers = new Map<string, Node>();
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of graph.nodes) {
    for (const name of node.outputs) if (name !== "") producers.set(name, node);
    for (const name of namesRead(node)) count(name);
    yield;
  }
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  for (const name of outputs) count(name);
  const links = { producers, counts, outputs, constants: constantsOf(graph) };
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

/** Every name that a value or a node of a graph has. */
export function namesOf(graph: Graph): ReadonlySet<string> {
  const names = named.get(graph) ?? new Set([...namesIn(graph), ...graph.nodes.map(({ name }) => name)]);
  named.set(graph, names);
  return names;
}
