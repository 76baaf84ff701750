import { AthanorError, type LongWork, Random, yieldToEventLoop } from "@athanor/core";

/** Points row by row: `[points, features]`. */
export interface Points {
  readonly values: Float64Array;
  readonly features: number;
}

/** How many clusters, and how hard to look for them. */
export interface KMeansOptions extends LongWork {
  readonly clusters: number;
  readonly seed: number;
  /** Independent starts; the one with the least inertia is kept. */
  readonly starts?: number;
  readonly maxIterations?: number;
}

/** Where the centroids are, and which one each point belongs to. */
export interface Clusters {
  /** `[clusters, features]` */
  readonly centroids: Float64Array;
  /** Cluster of each point. */
  readonly labels: Int32Array;
  /** Sum of squared distances to the own centroid. */
  readonly inertia: number;
}

/**
 * Groups points around centroids that each is nearest to.
 *
 * @throws `mining/points` for values that are not finite, or fewer points than clusters
 * @see Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding"
 */
export async function kMeans(points: Points, options: KMeansOptions): Promise<Clusters> {
  const { clusters, seed, starts = 8, maxIterations = 300, signal } = options;
  const count = points.values.length / points.features;
  if (count < clusters || points.values.some((value) => !Number.isFinite(value))) {
    throw new AthanorError(
      "mining/points",
      `kMeans: expected at least ${clusters} points of finite numbers, got ${count < clusters ? `${count} points` : "a value that is not finite"}`,
      {
        fix: "Impute missing values, or ask for fewer clusters.",
        details: { points: count, clusters },
      },
    );
  }
  let best: Clusters | undefined;
  for (let start = 0; start < starts; start++) {
    await yieldToEventLoop(signal);
    const found = lloyd(points, plusPlus(points, clusters, Random.from(seed).split(start)), maxIterations);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return best!;
}

const distance = ({ values, features }: Points, point: number, centroids: Float64Array, cluster: number): number => {
  let sum = 0;
  for (let j = 0; j < features; j++) sum += (values[point * features + j]! - centroids[cluster * features + j]!) ** 2;
  return sum;
};

/** First centroids: each drawn with a probability that grows with the squared distance to those before. */
function plusPlus(points: Points, clusters: number, random: Random): Float64Array {
  const { values, features } = points;
  const count = values.length / features;
  const centroids = new Float64Array(clusters * features);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = random.integer(count);
  for (let cluster = 0; cluster < clusters; cluster++) {
    centroids.set(values.subarray(chosen * features, (chosen + 1) * features), cluster * features);
    let total = 0;
    for (let i = 0; i < count; i++)
      total += nearest[i] = Math.min(nearest[i]!, distance(points, i, centroids, cluster));
    let left = random.uniform() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= nearest[chosen]!) > 0) chosen++;
  }
  return centroids;
}

function lloyd(points: Points, centroids: Float64Array, maxIterations: number): Clusters {
  const { values, features } = points;
  const count = values.length / features;
  const clusters = centroids.length / features;
  const labels = new Int32Array(count).fill(-1);
  let inertia = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let changed = 0;
    inertia = 0;
    let farthest = 0;
    let farthestDistance = -1;
    for (let i = 0; i < count; i++) {
      let [best, least] = [0, Number.POSITIVE_INFINITY];
      for (let cluster = 0; cluster < clusters; cluster++) {
        const d = distance(points, i, centroids, cluster);
        if (d < least) [best, least] = [cluster, d];
      }
      if (labels[i] !== best) changed++;
      labels[i] = best;
      inertia += least;
      if (least > farthestDistance) [farthest, farthestDistance] = [i, least];
    }
    if (changed === 0) break;
    moveCentroids(points, labels, centroids, farthest);
  }
  return { centroids, labels, inertia };

  function moveCentroids(of: Points, owner: Int32Array, into: Float64Array, spare: number): void {
    const sizes = new Float64Array(clusters);
    into.fill(0);
    for (let i = 0; i < count; i++) {
      sizes[owner[i]!]!++;
      for (let j = 0; j < features; j++) into[owner[i]! * features + j]! += of.values[i * features + j]!;
    }
    for (let cluster = 0; cluster < clusters; cluster++) {
      // A cluster that lost all its points starts again at the point farthest from its own centroid.
      if (sizes[cluster] === 0)
        into.set(of.values.subarray(spare * features, (spare + 1) * features), cluster * features);
      else for (let j = 0; j < features; j++) into[cluster * features + j]! /= sizes[cluster]!;
    }
  }
}

/** Subtracts the mean and divides by the standard deviation, feature by feature; missing values become the mean. */
export function standardise({
  values,
  features,
}: Points): Points & { readonly means: Float64Array; readonly deviations: Float64Array } {
  const count = values.length / features;
  const [means, deviations] = [new Float64Array(features), new Float64Array(features)];
  const out = new Float64Array(values.length);
  for (let j = 0; j < features; j++) {
    const present: number[] = [];
    for (let i = 0; i < count; i++)
      if (Number.isFinite(values[i * features + j]!)) present.push(values[i * features + j]!);
    const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
    const deviation =
      Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, present.length)) || 1;
    [means[j], deviations[j]] = [mean, deviation];
    for (let i = 0; i < count; i++) {
      const value = values[i * features + j]!;
      out[i * features + j] = Number.isFinite(value) ? (value - mean) / deviation : 0;
    }
  }
  return { values: out, features, means, deviations };
}

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
      sums[labels[other]!]! += Math.sqrt(distance(points, other, own, 0));
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
