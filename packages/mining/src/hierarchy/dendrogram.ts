import { AthanorError } from "@athanor/core";

/** How clusters were merged two by two, lowest first; the i-th merge makes the cluster `points + i`, and a number below is a point. */
export interface Dendrogram {
  readonly points: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Distance at which the two were merged. */
  readonly heights: Float64Array;
  /** Points of the merged cluster. */
  readonly sizes: Int32Array;
}

/** Merges named by any point of either side, in any order. */
export interface Joins {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly heights: Float64Array;
}

/** Puts joins in order of their heights and numbers the clusters they make. */
export function dendrogramOf({ from, to, heights }: Joins): Dendrogram {
  const points = heights.length + 1;
  const order = Uint32Array.from(heights.keys()).sort((a, b) => heights[a]! - heights[b]! || a - b);
  const parent = Int32Array.from({ length: 2 * points - 1 }, (_, i) => i);
  const find = (cluster: number): number => {
    while (parent[cluster] !== cluster) cluster = parent[cluster] = parent[parent[cluster]!]!;
    return cluster;
  };
  const [left, right, sizes] = [new Int32Array(points - 1), new Int32Array(points - 1), new Int32Array(points - 1)];
  const sizeOf = (cluster: number) => (cluster < points ? 1 : sizes[cluster - points]!);
  for (const [i, join] of order.entries()) {
    const [a, b] = [find(from[join]!), find(to[join]!)];
    left[i] = Math.min(a, b);
    right[i] = Math.max(a, b);
    sizes[i] = sizeOf(a) + sizeOf(b);
    parent[a] = parent[b] = points + i;
  }
  return { points, left, right, heights: Float64Array.from(order, (join) => heights[join]!), sizes };
}

/**
 * Cluster of each point when merging stops at a number of clusters or below a height; numbered by their first points.
 *
 * @throws `mining/cut` when there are fewer points than clusters
 */
export function cutDendrogram(
  { points, left, right, heights }: Dendrogram,
  cut: { readonly clusters: number } | { readonly height: number },
): Int32Array {
  const merges = "clusters" in cut ? points - cut.clusters : heights.filter((height) => height <= cut.height).length;
  if (!(merges >= 0 && merges < points && Number.isInteger(merges))) {
    throw new AthanorError(
      "mining/cut",
      `cutDendrogram: expected from 1 to ${points} clusters, got ${"clusters" in cut ? cut.clusters : points - merges}`,
      {
        fix: "Ask for at most as many clusters as there are points.",
        details: { points, ...cut },
      },
    );
  }
  const owner = Int32Array.from({ length: points + merges }, (_, i) => i);
  for (let i = merges - 1; i >= 0; i--) owner[left[i]!] = owner[right[i]!] = owner[points + i]!;
  const numbers = new Map<number, number>();
  return Int32Array.from(owner.subarray(0, points), (cluster) => {
    if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
    return numbers.get(cluster)!;
  });
}
