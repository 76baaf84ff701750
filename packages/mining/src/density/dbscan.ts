import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { KdTree } from "../nearest/k-d-tree.ts";
import { checkPoints, type Points } from "../points.ts";

/** What counts as dense. */
export interface DbscanOptions extends LongWork {
  /** How far away a neighbour is at most. */
  readonly radius: number;
  /** Neighbours that make a point a core of a cluster, itself among them. */
  readonly minPoints?: number;
}

/** Clusters of dense points, numbered in the order of their first cores. */
export interface DenseClusters {
  /** Cluster of each point; -1 is noise. */
  readonly labels: Int32Array;
  /** 1 where a point is a core. */
  readonly cores: Uint8Array;
  readonly clusters: number;
}

/**
 * Clusters of any form: cores within reach of each other, and what lies within reach of a core.
 *
 * Neighbourhoods are searched one at a time, so memory grows with the points, not with their pairs.
 *
 * @throws `mining/points`, `mining/option`
 * @see Ester, Kriegel, Sander and Xu 1996, "A density-based algorithm for discovering clusters"
 */
export async function dbscan(points: Points, options: DbscanOptions): Promise<DenseClusters> {
  const { radius, minPoints = 5, signal, onProgress } = options;
  checkOptions("dbscan", {
    radius: [radius, { min: 0, above: true }],
    minPoints: [minPoints, { min: 1, whole: true }],
  });
  const count = checkPoints("dbscan", points, 1);
  const pause = pauses({ signal });
  const tree = await KdTree.build(points, pause);
  const labels = new Int32Array(count).fill(-1);
  const cores = new Uint8Array(count);
  const searched = new Uint8Array(count);
  let [clusters, done] = [0, 0];
  const neighboursOfCore = (row: number): readonly number[] => {
    if (searched[row]) return [];
    searched[row] = 1;
    done++;
    const found = tree.within(points.values, row, radius);
    if (found.length < minPoints) return [];
    cores[row] = 1;
    return found;
  };
  for (let first = 0; first < count; first++) {
    if (labels[first] !== -1) continue;
    const reached = [...neighboursOfCore(first)];
    if (cores[first] === 0) continue;
    labels[first] = clusters;
    for (let row = reached.pop(); row !== undefined; row = reached.pop()) {
      if (labels[row] !== -1) continue;
      labels[row] = clusters;
      for (const next of neighboursOfCore(row)) if (labels[next] === -1) reached.push(next);
      await pause();
    }
    clusters++;
    onProgress?.({ stage: "clustering", done, total: count, unit: "points" });
  }
  return { labels, cores, clusters };
}
