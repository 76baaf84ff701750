import { AthanorError, type LongWork, pauses, Random } from "@athanor/core";
import { checkPoints, type Points } from "../points.ts";
import { Centroids } from "./centroids.ts";
import { elkan } from "./elkan.ts";
import { hamerly } from "./hamerly.ts";
import { plusPlus } from "./plus-plus.ts";

/** How many clusters, and how hard to look for them. */
export interface KMeansOptions extends LongWork {
  readonly clusters: number;
  readonly seed: number;
  /** Independent starts; the one with the least inertia is kept. */
  readonly starts?: number;
  readonly maxIterations?: number;
  /** Where to start from instead, once: `[clusters, features]`. */
  readonly initial?: Float64Array;
}

/** Where the centroids are, and which one each point belongs to. */
export interface Clusters {
  /** `[clusters, features]` */
  readonly centroids: Float64Array;
  /** Cluster of each point. */
  readonly labels: Int32Array;
  /** Sum of squared distances to the own centroid. */
  readonly inertia: number;
  /** Rounds of assigning points and moving centroids. */
  readonly iterations: number;
}

/** From so many features on, Elkan's many bounds save more time than keeping them takes. */
const manyFeatures = 16;
/** Numbers that are looked at between two pauses. */
const slice = 2 ** 20;

/**
 * Groups points around centroids that each is nearest to: Lloyd's iterations to their end, with distances left out that
 * the triangle inequality shows to be needless.
 *
 * @throws `mining/points` for values that are not finite, or fewer points than clusters
 * @throws `mining/initial` for first centroids of another size
 */
export async function kMeans(points: Points, options: KMeansOptions): Promise<Clusters> {
  const { clusters, seed, initial, starts = initial ? 1 : 8, maxIterations = 300, signal, onProgress } = options;
  checkPoints("kMeans", points, clusters);
  const wanted = clusters * points.features;
  if (initial && initial.length !== wanted) {
    throw new AthanorError("mining/initial", `kMeans: expected ${wanted} initial numbers, got ${initial.length}`, {
      fix: `Give ${clusters} rows of ${points.features} features.`,
      details: { length: initial.length, wanted },
    });
  }
  const pause = pauses({ signal });
  let best: Clusters | undefined;
  for (let start = 0; start < starts; start++) {
    const first = initial?.slice() ?? (await plusPlus(points, clusters, Random.from(seed).split(start), pause));
    const found = await lloyd(points, new Centroids(points, first), maxIterations, pause);
    if (best === undefined || found.inertia < best.inertia) best = found;
    onProgress?.({ stage: "clustering", done: start + 1, total: starts, unit: "starts" });
  }
  return best!;
}

async function lloyd(
  points: Points,
  centroids: Centroids,
  maxIterations: number,
  pause: () => Promise<void>,
): Promise<Clusters> {
  const count = centroids.labels.length;
  const assigner = (points.features < manyFeatures ? hamerly : elkan)(points, centroids);
  const step = Math.max(1, Math.floor(slice / (points.features * centroids.clusters)));
  let iterations = 0;
  for (let changed = 1; changed > 0 && iterations < maxIterations; iterations++) {
    if (iterations > 0) centroids.move();
    assigner.prepare();
    changed = 0;
    for (let from = 0; from < count; from += step) {
      changed += assigner.assign(from, Math.min(count, from + step));
      await pause();
    }
  }
  return { centroids: centroids.values, labels: centroids.labels, inertia: centroids.inertia(), iterations };
}
