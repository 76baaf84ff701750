import { AthanorError } from "@athanor/core";
import { type Points, pointCount, squaredDistance } from "../points.ts";

/** Clusters that are merged one by one, known by a point each. */
export interface MergingClusters {
  /** A number that grows with the distance between two clusters. */
  distance(a: number, b: number): number;
  /** The height of a merge in the points' own units, from that number. */
  height(distance: number): number;
  /** Adds the cluster `from` to `into`. */
  merge(from: number, into: number, others: Iterable<number>): void;
}

/** Clusters by their centroids; their distance is by how much a merge would raise the squared distances to them. */
export function wardClusters(points: Points): MergingClusters {
  const { features } = points;
  const centroids = points.values.slice();
  const sizes = new Float64Array(pointCount(points)).fill(1);
  return {
    // ‖a − b‖² · 2|a||b| / (|a| + |b|)
    distance: (a, b) =>
      (squaredDistance(centroids, a, centroids, b, features) * 2 * sizes[a]! * sizes[b]!) / (sizes[a]! + sizes[b]!),
    height: Math.sqrt,
    merge(from, into) {
      const share = sizes[from]! / (sizes[from]! + sizes[into]!);
      for (let j = 0; j < features; j++) {
        const at = into * features + j;
        centroids[at]! += share * (centroids[from * features + j]! - centroids[at]!);
      }
      sizes[into]! += sizes[from]!;
    },
  };
}

/** A triangle of distances takes a gigabyte with so many points. */
const mostPoints = 16_384;

/**
 * Clusters by the distances between all pairs of their points: the greatest, or their mean.
 *
 * @throws `mining/too-many`
 */
export async function pairedClusters(
  points: Points,
  linkage: "complete" | "average",
  pause: () => Promise<void>,
): Promise<MergingClusters> {
  const count = pointCount(points);
  if (count > mostPoints) {
    throw new AthanorError(
      "mining/too-many",
      `agglomerate: expected at most ${mostPoints} points for ${linkage} linkage, got ${count}`,
      {
        fix: "Use ward or single linkage, which keep no distances, or a sample.",
        details: { points: count, most: mostPoints },
      },
    );
  }
  const distances = new Float64Array((count * (count - 1)) / 2);
  const place = (a: number, b: number) => (a > b ? (a * (a - 1)) / 2 + b : (b * (b - 1)) / 2 + a);
  for (let a = 1, at = 0; a < count; a++) {
    for (let b = 0; b < a; b++, at++)
      distances[at] = Math.sqrt(squaredDistance(points.values, a, points.values, b, points.features));
    await pause();
  }
  const sizes = new Float64Array(count).fill(1);
  return {
    distance: (a, b) => distances[place(a, b)]!,
    height: (distance) => distance,
    merge(from, into, others) {
      const share = sizes[from]! / (sizes[from]! + sizes[into]!);
      for (const other of others) {
        if (other === into || other === from) continue;
        const [a, at] = [distances[place(from, other)]!, place(into, other)];
        distances[at] = linkage === "complete" ? Math.max(a, distances[at]!) : share * a + (1 - share) * distances[at]!;
      }
      sizes[into]! += sizes[from]!;
    },
  };
}
