import type { Random } from "@athanor/core";
import { type Points, pointCount, squaredDistance } from "../points.ts";

/**
 * First centroids: each drawn with a probability that grows with the squared distance to those before.
 *
 * @see Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding"
 */
export async function plusPlus(
  points: Points,
  clusters: number,
  random: Random,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const { values, features } = points;
  const count = pointCount(points);
  const centroids = new Float64Array(clusters * features);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const owner = new Int32Array(count);
  let chosen = random.integer(count);
  for (let cluster = 0; cluster < clusters; cluster++) {
    centroids.set(values.subarray(chosen * features, (chosen + 1) * features), cluster * features);
    const total = drawNear(points, centroids, cluster, nearest, owner);
    let left = random.uniform() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= nearest[chosen]!) > 0) chosen++;
    await pause();
  }
  return centroids;
}

/** Takes a new centroid into account, and returns the sum of squared distances to the nearest ones. */
function drawNear(
  { values, features }: Points,
  centroids: Float64Array,
  cluster: number,
  nearest: Float64Array,
  owner: Int32Array,
): number {
  // By the triangle inequality a point stays where it is when the new centroid is twice as far from its own as it is itself.
  const apart = Float64Array.from({ length: cluster }, (_, other) =>
    squaredDistance(centroids, cluster, centroids, other, features),
  );
  let total = 0;
  for (let i = 0; i < nearest.length; i++) {
    if (cluster === 0 || apart[owner[i]!]! < 4 * nearest[i]!) {
      const distance = squaredDistance(values, i, centroids, cluster, features);
      if (distance < nearest[i]!) [nearest[i], owner[i]] = [distance, cluster];
    }
    total += nearest[i]!;
  }
  return total;
}
