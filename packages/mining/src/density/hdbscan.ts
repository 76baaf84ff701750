import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { dendrogramOf } from "../hierarchy/dendrogram.ts";
import { spanningTree } from "../hierarchy/spanning-tree.ts";
import { nearestNeighbours } from "../nearest/nearest-neighbours.ts";
import { checkPoints, type Points } from "../points.ts";
import { condensedTree, leaves, mostStable } from "./condensed-tree.ts";

/** What counts as a cluster. */
export interface HdbscanOptions extends LongWork {
  /** Fewer points than these are noise, or leave a cluster one by one. */
  readonly minClusterSize?: number;
  /** Neighbours within which a point's density is measured, itself among them; as many as `minClusterSize` by default. */
  readonly minPoints?: number;
  /** `stable`: the clusters that last longest as density grows; `leaf`: the smallest ones. */
  readonly selection?: "stable" | "leaf";
}

/** Clusters of varying density, numbered in the order of their first points. */
export interface StableClusters {
  /** Cluster of each point; -1 is noise. */
  readonly labels: Int32Array;
  /** How deep inside its cluster each point lies, from 0 to 1. */
  readonly memberships: Float64Array;
  readonly clusters: number;
}

/**
 * Clusters that need no radius: the hierarchy over all radii, cut where its clusters last longest.
 *
 * Takes time that grows with the pairs of points and memory that grows with the points.
 *
 * @throws `mining/points`, `mining/option`
 * @see Campello, Moulavi and Sander 2013, "Density-based clustering based on hierarchical density estimates"
 */
export async function hdbscan(points: Points, options: HdbscanOptions = {}): Promise<StableClusters> {
  const { minClusterSize = 5, selection = "stable", signal, onProgress } = options;
  const { minPoints = minClusterSize } = options;
  checkOptions("hdbscan", {
    minClusterSize: [minClusterSize, { min: 2, whole: true }],
    minPoints: [minPoints, { min: 1, whole: true }],
  });
  const count = checkPoints("hdbscan", points, Math.max(2, minPoints));
  const cores = new Float64Array(count);
  if (minPoints > 1) {
    const neighbours = minPoints - 1;
    const { distances } = await nearestNeighbours(points, { neighbours, signal, onProgress });
    for (let row = 0; row < count; row++) cores[row] = distances[(row + 1) * neighbours - 1]!;
  }
  const tree = condensedTree(dendrogramOf(await spanningTree(points, cores, pauses({ signal }))), minClusterSize);
  const selected = selection === "leaf" ? leaves(tree) : mostStable(tree);
  const chosen = new Int32Array(selected.length).fill(-1);
  for (let cluster = 1; cluster < chosen.length; cluster++)
    chosen[cluster] = selected[cluster] ? cluster : chosen[tree.parents[cluster]!]!;
  const numbers = new Map<number, number>();
  const labels = new Int32Array(count).fill(-1);
  const memberships = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const cluster = chosen[tree.owners[row]!]!;
    if (cluster < 0) continue;
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    labels[row] = numbers.get(cluster)!;
    memberships[row] = Math.min(1, tree.densities[row]! / tree.deaths[cluster]!);
  }
  return { labels, memberships, clusters: numbers.size };
}
