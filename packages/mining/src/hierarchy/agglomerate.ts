import { type LongWork, pauses } from "@athanor/core";
import { checkPoints, type Points } from "../points.ts";
import { type Dendrogram, dendrogramOf, type Joins } from "./dendrogram.ts";
import { type MergingClusters, pairedClusters, wardClusters } from "./linkage.ts";
import { spanningTree } from "./spanning-tree.ts";

/** How far apart two clusters are. */
export interface AgglomerateOptions extends LongWork {
  /**
   * `ward`: what a merge adds to the squared distances to centroids; `complete`, `average`, `single`: the greatest, mean and
   * least distance between their points.
   */
  readonly linkage?: "ward" | "complete" | "average" | "single";
}

/**
 * Merges the nearest two clusters until one is left.
 *
 * `ward` and `single` need memory for the points alone, `complete` and `average` for the distances of their pairs.
 *
 * @throws `mining/points`, `mining/too-many`
 * @see Murtagh 1983, "A survey of recent advances in hierarchical clustering algorithms"
 */
export async function agglomerate(points: Points, options: AgglomerateOptions = {}): Promise<Dendrogram> {
  const { linkage = "ward", signal, onProgress } = options;
  const count = checkPoints("agglomerate", points, 1);
  const pause = pauses({ signal });
  if (linkage === "single") return dendrogramOf(await spanningTree(points, new Float64Array(count), pause));
  const clusters = linkage === "ward" ? wardClusters(points) : await pairedClusters(points, linkage, pause);
  const report = (done: number) => onProgress?.({ stage: "merging clusters", done, total: count - 1, unit: "merges" });
  return dendrogramOf(await chain(clusters, count, pause, report));
}

/** Walks from cluster to nearest cluster; two that are nearest to each other are merged, and stay so whatever is merged elsewhere. */
async function chain(
  clusters: MergingClusters,
  count: number,
  pause: () => Promise<void>,
  report: (done: number) => void,
): Promise<Joins> {
  const joins = {
    from: new Uint32Array(count - 1),
    to: new Uint32Array(count - 1),
    heights: new Float64Array(count - 1),
  };
  const alive = Uint32Array.from({ length: count }, (_, i) => i);
  const walk: number[] = [];
  let left = count;
  for (let join = 0; join < count - 1; ) {
    if (walk.length === 0) walk.push(alive[0]!);
    const [before, here] = [walk.at(-2), walk.at(-1)!];
    // The one that the walk came from wins a tie, or the walk might go round in a circle.
    let nearest = before ?? -1;
    let least = before === undefined ? Number.POSITIVE_INFINITY : clusters.distance(here, before);
    for (let i = 0; i < left; i++) {
      const other = alive[i]!;
      if (other === here) continue;
      const distance = clusters.distance(here, other);
      if (distance < least) [least, nearest] = [distance, other];
    }
    if (nearest !== before) walk.push(nearest);
    else {
      walk.length -= 2;
      const gone = alive.subarray(0, left).indexOf(here);
      alive.copyWithin(gone, gone + 1, left--);
      clusters.merge(here, nearest, alive.subarray(0, left));
      [joins.from[join], joins.to[join], joins.heights[join]] = [here, nearest, clusters.height(least)];
      join++;
      if (join % 256 === 0) report(join);
    }
    await pause();
  }
  return joins;
}
