import { Random } from "@athanor/core";
import { type Points, squaredDistance } from "./points.ts";

/** How well points sit in their clusters, from -1 to 1, over a sample of at most `limit` points. */
export function silhouette(points: Points, labels: Int32Array, seed: number, limit = 600): number {
  const count = points.values.length / points.features;
  const sample = Random.from(seed).split("silhouette").permutation(count).subarray(0, limit);
  const clusters = Math.max(...labels) + 1;
  let total = 0;
  for (const i of sample) {
    const [sums, sizes] = [new Float64Array(clusters), new Float64Array(clusters)];
    const own = points.values.subarray(i * points.features, (i + 1) * points.features);
    for (const other of sample) {
      if (other === i) continue;
      sums[labels[other]!]! += Math.sqrt(squaredDistance(points.values, other, own, 0, points.features));
      sizes[labels[other]!]!++;
    }
    const mean = (cluster: number) => sums[cluster]! / sizes[cluster]!;
    const mine = labels[i]!;
    if (sizes[mine] === 0) continue;
    const inside = mean(mine);
    const outside = Math.min(
      ...Array.from({ length: clusters }, (_, cluster) =>
        cluster === mine || sizes[cluster] === 0 ? Number.POSITIVE_INFINITY : mean(cluster),
      ),
    );
    total += (outside - inside) / Math.max(inside, outside);
  }
  return total / sample.length;
}
