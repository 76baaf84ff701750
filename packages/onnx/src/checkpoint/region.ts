import type { GraphBuilder } from "../graph/graph-builder.ts";

/** Nodes whose values the backward pass computes again, from what enters the region, instead of keeping them. */
export interface Region {
  readonly name: string;
  /** Names of the nodes. */
  readonly nodes: readonly string[];
}

/** Regions, or the bytes of activations that the regions are to be chosen for. */
export type Checkpoint = readonly Region[] | { readonly budgetBytes: number };

/** Makes a region of the nodes that a function builds. */
export function region<T>(
  g: GraphBuilder,
  name: string,
  build: () => T,
): { readonly region: Region; readonly result: T } {
  const start = g.nodes.length;
  const result = build();
  return { region: { name, nodes: g.nodes.slice(start).map((node) => node.name) }, result };
}
