import { AthanorError, type LongWork, Random } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { gaussianMixture } from "../mixture/gaussian-mixture.ts";
import { checkPoints, type Points } from "../points.ts";
import { silhouette } from "../silhouette.ts";
import { type Clusters, kMeans } from "./k-means.ts";

/** Which numbers of clusters to try, and how to compare them. */
export interface ChoiceOptions extends LongWork {
  readonly seed: number;
  readonly fewest?: number;
  readonly most: number;
  /**
   * `silhouette`: how well clusters separate, from two up; `gap`: how much tighter they are than those of points without any,
   * which may choose one; `bic`: how well a mixture of normal distributions describes the points.
   */
  readonly by?: "silhouette" | "gap" | "bic";
}

/** One number of clusters, and how good it is: the higher, the better. */
export interface TriedClusters {
  readonly clusters: number;
  readonly score: number;
  /** Standard error of a gap. */
  readonly error?: number;
}

/** The number of clusters that suits the points best. */
export interface ClusterChoice {
  readonly clusters: number;
  readonly found: Clusters;
  readonly tried: readonly TriedClusters[];
}

/** Sets of points without clusters that a gap is measured against. */
const references = 10;

/**
 * Groups points around as many centroids as suit them.
 *
 * @throws `mining/points`, `mining/option`, `mining/range`
 * @see Tibshirani, Walther and Hastie 2001, "Estimating the number of clusters in a data set via the gap statistic"
 */
export async function chooseClusters(points: Points, options: ChoiceOptions): Promise<ClusterChoice> {
  const { seed, by = "silhouette", most, signal, onProgress } = options;
  const { fewest = by === "silhouette" ? 2 : 1 } = options;
  checkOptions("chooseClusters", {
    fewest: [fewest, { min: by === "silhouette" ? 2 : 1, whole: true }],
    most: [most, { min: 1, whole: true }],
  });
  if (most < fewest) {
    throw new AthanorError(
      "mining/range",
      `chooseClusters: expected at least ${fewest} clusters as the most to try, got ${most}`,
      {
        fix: "Raise `most`, or lower `fewest`.",
        details: { fewest, most },
      },
    );
  }
  checkPoints("chooseClusters", points, most);
  const found: Clusters[] = [];
  const tried: TriedClusters[] = [];
  const alike = by === "gap" ? boxesLike(points, seed) : [];
  for (let clusters = fewest; clusters <= most; clusters++) {
    const now = await kMeans(points, { clusters, seed, signal });
    found.push(now);
    if (by === "silhouette") tried.push({ clusters, score: silhouette(points, now.labels, seed) });
    else if (by === "bic") {
      const { bic } = await gaussianMixture(points, { components: clusters, seed, initial: now.centroids, signal });
      tried.push({ clusters, score: -bic });
    } else tried.push({ clusters, ...(await gap(now, alike, { clusters, seed, signal })) });
    onProgress?.({
      stage: "choosing the number of clusters",
      done: tried.length,
      total: most - fewest + 1,
      unit: "sizes",
    });
  }
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  // The fewest whose gap the next does not exceed by more than its error.
  const chosen =
    by === "gap"
      ? (tried.find(({ score }, i) => i + 1 < tried.length && score >= tried[i + 1]!.score - tried[i + 1]!.error!) ??
        best)
      : best;
  return { clusters: chosen.clusters, found: found[chosen.clusters - fewest]!, tried };
}

/** Points spread evenly over the box that the given ones fill. */
function boxesLike({ values, features }: Points, seed: number): Points[] {
  const [low, high] = [
    new Float64Array(features).fill(Number.POSITIVE_INFINITY),
    new Float64Array(features).fill(Number.NEGATIVE_INFINITY),
  ];
  for (let i = 0; i < values.length; i++) {
    const j = i % features;
    low[j] = Math.min(low[j]!, values[i]!);
    high[j] = Math.max(high[j]!, values[i]!);
  }
  return Array.from({ length: references }, (_, reference) => {
    const random = Random.from(seed).split(`reference ${reference}`);
    return {
      features,
      values: values.map((_, i) => low[i % features]! + random.uniform() * (high[i % features]! - low[i % features]!)),
    };
  });
}

async function gap(
  found: Clusters,
  alike: readonly Points[],
  options: { clusters: number; seed: number; signal: AbortSignal | undefined },
) {
  const logs: number[] = [];
  for (const points of alike) logs.push(Math.log((await kMeans(points, options)).inertia));
  const mean = logs.reduce((a, b) => a + b) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  return { score: mean - Math.log(found.inertia), error: deviation * Math.sqrt(1 + 1 / logs.length) };
}
