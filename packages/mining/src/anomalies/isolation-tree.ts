import type { Random } from "@athanor/core";
import type { Points } from "../points.ts";

/** Splits at random, node by node; a leaf's feature is -1. */
export interface IsolationTree {
  readonly features: Int16Array;
  readonly thresholds: Float64Array;
  /** Node for values up to the threshold; the other follows it. */
  readonly children: Int32Array;
  /** Splits on the way to a leaf, and those that its points would still need. */
  readonly depths: Float64Array;
}

/** Mean number of splits that part a point from `count - 1` others: the mean depth of an unsuccessful search in a binary search tree. */
export function meanDepth(count: number): number {
  if (count <= 2) return count - 1;
  return 2 * (Math.log(count - 1) + 0.5772156649015329) - (2 * (count - 1)) / count;
}

/** Parts the given rows of points at random until each is alone, or as deep as their mean. */
export function isolationTree({ values, features: width }: Points, rows: Uint32Array, random: Random): IsolationTree {
  const most = 2 * rows.length - 1;
  const features = new Int16Array(most).fill(-1);
  const [thresholds, children, depths] = [new Float64Array(most), new Int32Array(most), new Float64Array(most)];
  const deepest = Math.ceil(Math.log2(Math.max(2, rows.length)));
  let nodes = 1;
  const open: [node: number, from: number, to: number, depth: number][] = [[0, 0, rows.length, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, from, to, depth] = next;
    const split =
      depth < deepest && to - from > 1 ? randomSplit(values, width, rows.subarray(from, to), random) : undefined;
    if (split === undefined) {
      depths[node] = depth + meanDepth(to - from);
      continue;
    }
    [features[node], thresholds[node], children[node]] = [split.feature, split.threshold, nodes];
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (values[row * width + split.feature]! > split.threshold) continue;
      rows[i] = rows[middle]!;
      rows[middle++] = row;
    }
    open.push([nodes, from, middle, depth + 1], [nodes + 1, middle, to, depth + 1]);
    nodes += 2;
  }
  return { features, thresholds, children, depths };
}

/** A feature that varies over the rows and a threshold inside its range; `undefined` when all rows are equal. */
function randomSplit(values: Float64Array, width: number, rows: Uint32Array, random: Random) {
  const features = Uint32Array.from({ length: width }, (_, feature) => feature);
  for (let left = width; left > 0; left--) {
    const pick = random.integer(left);
    const feature = features[pick]!;
    features[pick] = features[left - 1]!;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) {
      const value = values[row * width + feature]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    // Below `high` even where rounding would reach it, so that no side is empty.
    if (low < high) {
      const threshold = low + random.uniform() * (high - low);
      return { feature, threshold: threshold < high ? threshold : low };
    }
  }
  return undefined;
}
