import { pauses, Random } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { checkPoints, type Points, squaredDistance } from "../points.ts";
import type { Clusters, KMeansOptions } from "./k-means.ts";
import { plusPlus } from "./plus-plus.ts";

/** How many clusters, and how many points to look at. */
export interface MiniBatchOptions extends Pick<KMeansOptions, "clusters" | "seed" | "signal" | "onProgress"> {
  readonly batchSize?: number;
  /** Batches at most; by default ten times as many as hold all points, but at least 100. */
  readonly maxBatches?: number;
  /** Batches without a better running mean of the distances, after which the search ends. */
  readonly patience?: number;
}

/** Points that first centroids are drawn from, for each cluster. */
const seedsPerCluster = 50;
/** Numbers that are looked at between two pauses. */
const slice = 2 ** 20;

/**
 * Groups points around centroids that move with random batches of them: somewhat worse than `kMeans`, after a fraction
 * of its work.
 *
 * @throws `mining/points`, `mining/option`
 * @see Sculley 2010, "Web-scale k-means clustering"
 */
export async function miniBatchKMeans(points: Points, options: MiniBatchOptions): Promise<Clusters> {
  const { clusters, seed, batchSize = 1024, patience = 20, signal, onProgress } = options;
  checkOptions("miniBatchKMeans", {
    clusters: [clusters, { min: 1, whole: true }],
    batchSize: [batchSize, { min: 1, whole: true }],
    patience: [patience, { min: 1, whole: true }],
  });
  const count = checkPoints("miniBatchKMeans", points, clusters);
  const { maxBatches = Math.max(100, Math.ceil((10 * count) / batchSize)) } = options;
  const pause = pauses({ signal });
  const random = Random.from(seed).split("mini-batch");
  const { features } = points;
  const seeds = sample(points, Math.min(count, Math.max(batchSize, seedsPerCluster * clusters)), random);
  const centroids = await plusPlus(seeds, clusters, random, pause);
  const sizes = new Float64Array(clusters);
  // Ewa: the exponentially weighted mean of a batch's mean squared distance, over as many batches as hold all points twice.
  const weight = Math.min(1, (2 * batchSize) / (count + 1));
  let [running, best, sinceBest, iterations] = [Number.NaN, Number.POSITIVE_INFINITY, 0, 0];
  while (iterations < maxBatches && sinceBest < patience) {
    const batch = sample(points, Math.min(batchSize, count), random);
    const { labels, inertia } = await assign(batch, centroids, pause);
    for (const [row, cluster] of labels.entries()) {
      const share = 1 / ++sizes[cluster]!;
      for (let j = 0, at = cluster * features; j < features; j++, at++)
        centroids[at]! += share * (batch.values[row * features + j]! - centroids[at]!);
    }
    const mean = inertia / labels.length;
    running = Number.isNaN(running) ? mean : (1 - weight) * running + weight * mean;
    sinceBest = running < best ? 0 : sinceBest + 1;
    best = Math.min(best, running);
    iterations++;
    onProgress?.({ stage: "clustering", done: iterations, total: maxBatches, unit: "batches" });
  }
  return { centroids, ...(await assign(points, centroids, pause)), iterations };
}

function sample({ values, features }: Points, size: number, random: Random): Points {
  const out = new Float64Array(size * features);
  const count = values.length / features;
  for (let i = 0; i < size; i++) {
    const row = random.integer(count);
    out.set(values.subarray(row * features, (row + 1) * features), i * features);
  }
  return { values: out, features };
}

/** Nearest centroid of each point, and the sum of squared distances to them. */
async function assign({ values, features }: Points, centroids: Float64Array, pause: () => Promise<void>) {
  const clusters = centroids.length / features;
  const labels = new Int32Array(values.length / features);
  const step = Math.max(1, Math.floor(slice / centroids.length));
  let inertia = 0;
  for (let row = 0; row < labels.length; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < clusters; cluster++) {
      const distance = squaredDistance(values, row, centroids, cluster, features);
      if (distance < least) [least, labels[row]] = [distance, cluster];
    }
    inertia += least;
    if (row % step === step - 1) await pause();
  }
  return { labels, inertia };
}
