import { type Points, pointCount, squaredDistance } from "../points.ts";
import type { Centroids } from "./centroids.ts";
import type { Assigner } from "./hamerly.ts";

/**
 * Keeps a bound from below for each point and centroid: more memory and bookkeeping than Hamerly's one bound a point, fewer
 * distances, which pays with many features.
 *
 * @see Elkan 2003, "Using the triangle inequality to accelerate k-means"
 */
export function elkan(points: Points, centroids: Centroids): Assigner {
  const { values, features } = points;
  const { labels, moved, clusters } = centroids;
  const upper = new Float64Array(pointCount(points)).fill(Number.POSITIVE_INFINITY);
  const lower = new Float64Array(pointCount(points) * clusters);
  let half = centroids.halfDistances();
  return {
    prepare() {
      half = centroids.halfDistances();
    },
    assign(from, to) {
      let changed = 0;
      for (let i = from; i < to; i++) {
        const before = labels[i]!;
        const row = i * clusters;
        let own = Math.max(before, 0);
        let exact = false;
        if (before >= 0) {
          upper[i]! += moved[own]!;
          for (let cluster = 0; cluster < clusters; cluster++) lower[row + cluster]! -= moved[cluster]!;
          if (upper[i]! < half.next[own]!) continue;
        }
        for (let cluster = 0; cluster < clusters; cluster++) {
          if (cluster === own || upper[i]! < lower[row + cluster]!) continue;
          if (upper[i]! < half.between[own * clusters + cluster]!) continue;
          if (!exact) {
            upper[i] = Math.sqrt(squaredDistance(values, i, centroids.values, own, features));
            lower[row + own] = upper[i]!;
            exact = true;
            if (upper[i]! < lower[row + cluster]! || upper[i]! < half.between[own * clusters + cluster]!) continue;
          }
          const distance = Math.sqrt(squaredDistance(values, i, centroids.values, cluster, features));
          lower[row + cluster] = distance;
          if (distance < upper[i]! || (distance === upper[i]! && cluster < own)) {
            upper[i] = distance;
            own = cluster;
          }
        }
        if (own !== before) {
          centroids.give(i, own);
          changed++;
        }
      }
      return changed;
    },
  };
}
