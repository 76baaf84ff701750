import { type Points, pointCount, squaredDistance } from "../points.ts";
import type { Centroids } from "./centroids.ts";

/** Assigns a slice of the points to their nearest centroids, and returns how many changed hands. */
export interface Assigner {
  /** Widens the bounds by how far the centroids went. */
  prepare(): void;
  assign(from: number, to: number): number;
}

/**
 * Skips a point while a bound from above on the distance to its centroid stays under one from below on that to any other.
 *
 * @see Hamerly 2010, "Making k-means even faster"
 */
export function hamerly(points: Points, centroids: Centroids): Assigner {
  const { values, features } = points;
  const { labels, moved, clusters } = centroids;
  const upper = new Float64Array(pointCount(points)).fill(Number.POSITIVE_INFINITY);
  const lower = new Float64Array(pointCount(points));
  let next = new Float64Array(clusters);
  let [far, farMove, secondMove] = [0, 0, 0];
  return {
    prepare() {
      next = centroids.halfDistances().next as typeof next;
      [far, farMove, secondMove] = [0, 0, 0];
      for (let cluster = 0; cluster < clusters; cluster++) {
        if (moved[cluster]! > farMove) [far, farMove, secondMove] = [cluster, moved[cluster]!, farMove];
        else if (moved[cluster]! > secondMove) secondMove = moved[cluster]!;
      }
    },
    assign(from, to) {
      let changed = 0;
      for (let i = from; i < to; i++) {
        const own = labels[i]!;
        if (own >= 0) {
          upper[i]! += moved[own]!;
          lower[i]! -= own === far ? secondMove : farMove;
          const bound = Math.max(lower[i]!, next[own]!);
          if (upper[i]! < bound) continue;
          upper[i] = Math.sqrt(squaredDistance(values, i, centroids.values, own, features));
          if (upper[i]! < bound) continue;
        }
        let [best, least, second] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
        for (let cluster = 0; cluster < clusters; cluster++) {
          const distance = squaredDistance(values, i, centroids.values, cluster, features);
          if (distance < least) {
            second = least;
            least = distance;
            best = cluster;
          } else if (distance < second) second = distance;
        }
        upper[i] = Math.sqrt(least);
        lower[i] = Math.sqrt(second);
        if (best !== own) {
          centroids.give(i, best);
          changed++;
        }
      }
      return changed;
    },
  };
}
