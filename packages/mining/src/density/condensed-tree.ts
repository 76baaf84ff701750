import type { Dendrogram } from "../hierarchy/dendrogram.ts";

/** Clusters as they split with growing density (one over the distance); points that leave one alone are no split. */
export interface CondensedTree {
  /** Cluster that each cluster split from; the root's is -1. Children come after their parents. */
  readonly parents: readonly number[];
  /** Density at which each cluster came to be. */
  readonly births: readonly number[];
  /** Sum over a cluster's points of how much denser they are than its birth. */
  readonly stabilities: readonly number[];
  /** Density at which the last points, or clusters, left each cluster. */
  readonly deaths: readonly number[];
  /** Cluster that each point left last, and at which density. */
  readonly owners: Int32Array;
  readonly densities: Float64Array;
}

/**
 * Follows a dendrogram down from its root and leaves out splits that leave a side of fewer points than `minClusterSize`.
 *
 * @see Campello, Moulavi and Sander 2013, "Density-based clustering based on hierarchical density estimates"
 */
export function condensedTree(
  { points, left, right, heights, sizes }: Dendrogram,
  minClusterSize: number,
): CondensedTree {
  const [parents, births, stabilities, deaths] = [[-1], [0], [0], [0]];
  const owners = new Int32Array(points);
  const densities = new Float64Array(points);
  // Equal points never part; they are taken to be as close as the closest that differ.
  const closest = heights.find((height) => height > 0) ?? 1;
  const sizeOf = (node: number) => (node < points ? 1 : sizes[node - points]!);
  const leave = (cluster: number, density: number, count: number) => {
    stabilities[cluster]! += (density - births[cluster]!) * count;
    deaths[cluster] = Math.max(deaths[cluster]!, density);
  };
  const leaveAll = (node: number, cluster: number, density: number) => {
    leave(cluster, density, sizeOf(node));
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      if (next < points) [owners[next], densities[next]] = [cluster, density];
      else open.push(left[next - points]!, right[next - points]!);
  };
  const open: [node: number, cluster: number][] = [[2 * points - 2, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, cluster] = next;
    const density = 1 / Math.max(heights[node - points]!, closest);
    const sides = [left[node - points]!, right[node - points]!];
    const large = sides.filter((side) => sizeOf(side) >= minClusterSize);
    for (const side of sides) {
      if (!large.includes(side)) leaveAll(side, cluster, density);
      else if (large.length === 1) open.push([side, cluster]);
      else {
        leave(cluster, density, sizeOf(side));
        parents.push(cluster);
        births.push(density);
        stabilities.push(0);
        deaths.push(0);
        open.push([side, parents.length - 1]);
      }
    }
  }
  return { parents, births, stabilities, deaths, owners, densities };
}

/** 1 for the clusters without children that are clusters themselves. */
export function leaves({ parents }: CondensedTree): Uint8Array {
  const selected = new Uint8Array(parents.length).fill(1);
  for (const parent of parents) if (parent >= 0) selected[parent] = 0;
  selected[0] = 0;
  return selected;
}

/** 1 for the clusters that are together most stable, none inside another; the root is not among them. */
export function mostStable({ parents, stabilities }: CondensedTree): Uint8Array {
  const selected = new Uint8Array(parents.length);
  const best = Float64Array.from(parents, () => 0);
  for (let cluster = parents.length - 1; cluster > 0; cluster--) {
    if (stabilities[cluster]! >= best[cluster]!) {
      best[cluster] = stabilities[cluster]!;
      selected[cluster] = 1;
    }
    best[parents[cluster]!]! += best[cluster]!;
  }
  for (let cluster = 1, inside = new Uint8Array(parents.length); cluster < parents.length; cluster++) {
    const parent = parents[cluster]!;
    inside[cluster] = inside[parent]! | selected[parent]!;
    if (inside[cluster]) selected[cluster] = 0;
  }
  return selected;
}
