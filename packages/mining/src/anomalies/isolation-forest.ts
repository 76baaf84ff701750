import { type LongWork, pauses, Random } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { checkPoints, type Points } from "../points.ts";
import { isolationTree, meanDepth } from "./isolation-tree.ts";

/** How many trees, of how many points. */
export interface IsolationForestOptions extends LongWork {
  readonly seed: number;
  readonly trees?: number;
  /** Points that each tree is grown from, drawn at random. */
  readonly sampleSize?: number;
}

/** Rows that are scored between two pauses. */
const slice = 4096;

/**
 * How easily random splits part each point from the others: from 0 to 1, about 0.5 for ordinary points, near 1 for anomalies.
 *
 * @throws `mining/points`, `mining/option`
 * @see Liu, Ting and Zhou 2008, "Isolation forest"
 */
export async function isolationForest(points: Points, options: IsolationForestOptions): Promise<Float64Array> {
  const { seed, trees = 100, sampleSize = 256, signal, onProgress } = options;
  checkOptions("isolationForest", {
    trees: [trees, { min: 1, whole: true }],
    sampleSize: [sampleSize, { min: 2, whole: true }],
  });
  const count = checkPoints("isolationForest", points, 2);
  const { values, features: width } = points;
  const pause = pauses({ signal });
  const size = Math.min(sampleSize, count);
  const sums = new Float64Array(count);
  for (let tree = 0; tree < trees; tree++) {
    const random = Random.from(seed).split(tree);
    const { features, thresholds, children, depths } = isolationTree(points, drawRows(count, size, random), random);
    for (let from = 0; from < count; from += slice) {
      for (let row = from; row < Math.min(count, from + slice); row++) {
        let node = 0;
        for (let feature = features[0]!; feature >= 0; feature = features[node]!)
          node = children[node]! + (values[row * width + feature]! <= thresholds[node]! ? 0 : 1);
        sums[row]! += depths[node]!;
      }
      await pause();
    }
    onProgress?.({ stage: "growing trees", done: tree + 1, total: trees, unit: "trees" });
  }
  // 2^(−E[depth] / c(size))
  return sums.map((sum) => 2 ** (-sum / trees / meanDepth(size)));
}

/** Distinct rows (Floyd's sampling), so that a draw costs no more than it holds. */
function drawRows(count: number, size: number, random: Random): Uint32Array {
  const drawn = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const row = random.integer(last + 1);
    drawn.add(drawn.has(row) ? last : row);
  }
  return Uint32Array.from(drawn);
}
