import { Random } from "@athanor/core";
import { type Points, squaredDistance } from "./points.ts";

/** How well points sit in their clusters, from -1 to 1, over a sample of at most `limit` points; those labelled -1 are left out. */
export function silhouette(points: Points, labels: Int32Array, seed: number, limit = 600): number {
  const order = Random.from(seed).split("silhouette").permutation(labels.length);
  const sample = order.filter((row) => labels[row]! >= 0).subarray(0, limit);
  const clusters = 1 + labels.reduce((a, b) => Math.max(a, b), -1);
  let total = 0;
  for (const i of sample) {
    const [sums, sizes] = [new Float64Array(clusters), new Float64Array(clusters)];
    for (const other of sample) {
      if (other === i) continue;
      sums[labels[other]!]! += Math.sqrt(squaredDistance(points.values, other, points.values, i, points.features));
      sizes[labels[other]!]!++;
    }
    const mine = labels[i]!;
    if (sizes[mine] === 0) continue;
    const inside = sums[mine]! / sizes[mine]!;
    let outside = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < clusters; cluster++)
      if (cluster !== mine && sizes[cluster]! > 0) outside = Math.min(outside, sums[cluster]! / sizes[cluster]!);
    // One cluster alone has nothing outside it, and equal points no distance at all.
    if (outside < Number.POSITIVE_INFINITY && Math.max(inside, outside) > 0)
      total += (outside - inside) / Math.max(inside, outside);
  }
  return total / Math.max(1, sample.length);
}
