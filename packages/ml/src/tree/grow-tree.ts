import type { Random } from "@athanor/core";
import type { BinnedFeatures } from "./bin-features.ts";
import type { Tree } from "./tree.ts";

export interface Growth {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** Features looked at in each split. */
  readonly maxFeatures: number;
}

/** What is learned: class numbers, or numbers with `outputs` 1. */
export interface Targets {
  readonly y: Int32Array | Float64Array;
  readonly outputs: number;
  readonly isClass: boolean;
}

interface Open {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly node: number;
}

/**
 * Grows a tree on samples that count `weights[row]` times, splitting where Gini impurity or squared error falls most.
 *
 * @see Breiman et al. 1984, "Classification and regression trees"
 */
export function growTree(
  binned: BinnedFeatures,
  { y, outputs, isClass }: Targets,
  weights: Uint16Array | undefined,
  growth: Growth,
  random: Random,
): Tree {
  const { rows, features, bins, thresholds } = binned;
  const weightOf = (row: number) => (weights === undefined ? 1 : weights[row]!);
  const order = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => weightOf(row) > 0);
  const spare = new Uint32Array(order.length);
  const width = outputs + 1;
  const histogram = new Float64Array(256 * width);
  const candidates = Int32Array.from({ length: features }, (_, feature) => feature);
  const [feature, threshold, left, right, value]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const importances = new Float64Array(features);

  const addNode = (): number => {
    feature.push(-1);
    threshold.push(0);
    left.push(-1);
    right.push(-1);
    for (let k = 0; k < outputs; k++) value.push(0);
    return feature.length - 1;
  };
  /** Fills `into` with the weight of rows and the sum of each output. */
  const sumUp = (start: number, end: number, into: Float64Array): void => {
    into.fill(0);
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      const weight = weightOf(row);
      into[0]! += weight;
      if (isClass) into[1 + y[row]!]! += weight;
      else into[1]! += weight * y[row]!;
    }
  };
  /** Σ sₖ² / w: the larger, the purer. */
  const purity = (sums: Float64Array, at: number): number => {
    let total = 0;
    for (let k = 1; k < width; k++) total += sums[at + k]! ** 2;
    return total / sums[at]!;
  };

  const totals = new Float64Array(width);
  const [below, above] = [new Float64Array(width), new Float64Array(width)];
  const open: Open[] = [{ start: 0, end: order.length, depth: 0, node: addNode() }];
  for (let task = open.pop(); task; task = open.pop()) {
    const { start, end, depth, node } = task;
    sumUp(start, end, totals);
    for (let k = 0; k < outputs; k++) value[node * outputs + k] = totals[1 + k]! / totals[0]!;
    const isPure = isClass ? totals.subarray(1).some((sum) => sum === totals[0]) : false;
    if (isPure || depth >= growth.maxDepth || totals[0]! < growth.minSamplesSplit || end - start < 2) continue;

    const before = purity(totals, 0);
    let [bestGain, bestFeature, bestBin] = [1e-9 * Math.max(1, Math.abs(before)), -1, 0];
    // Features that cannot split do not count towards those looked at, so that a split is found if there is one.
    for (let looked = 0, k = 0; k < features && looked < growth.maxFeatures; k++) {
      const pick = k + random.integer(features - k);
      const each = candidates[pick]!;
      candidates[pick] = candidates[k]!;
      candidates[k] = each;
      const last = fill(each, start, end);
      if (last < 0) continue;
      looked++;
      below.fill(0);
      above.set(totals);
      for (let bin = 0; bin < last; bin++) {
        const at = bin * width;
        if (histogram[at] === 0) continue;
        for (let j = 0; j < width; j++) {
          below[j]! += histogram[at + j]!;
          above[j]! -= histogram[at + j]!;
        }
        if (below[0]! < growth.minSamplesLeaf) continue;
        if (above[0]! < growth.minSamplesLeaf) break;
        const gain = purity(below, 0) + purity(above, 0) - before;
        if (gain > bestGain) [bestGain, bestFeature, bestBin] = [gain, each, bin];
      }
    }
    if (bestFeature < 0) continue;
    importances[bestFeature]! += bestGain;
    const middle = partition(bestFeature, bestBin, start, end);
    feature[node] = bestFeature;
    threshold[node] = thresholds[bestFeature]![bestBin]!;
    left[node] = addNode();
    right[node] = addNode();
    open.push(
      { start: middle, end, depth: depth + 1, node: right[node]! },
      { start, end: middle, depth: depth + 1, node: left[node]! },
    );
  }
  const total = importances.reduce((sum, each) => sum + each, 0) || 1;
  return {
    feature: Int32Array.from(feature),
    threshold: Float32Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(value),
    outputs,
    importances: importances.map((each) => each / total),
  };

  /** Builds a feature's histogram and returns its last used bin, or -1 when all samples share one. */
  function fill(each: number, start: number, end: number): number {
    const column = bins.subarray(each * rows, (each + 1) * rows);
    const cuts = thresholds[each]!.length;
    if (cuts === 0) return -1;
    histogram.fill(0, 0, (cuts + 1) * width);
    let [first, last] = [255, 0];
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      const bin = column[row]!;
      if (bin < first) first = bin;
      if (bin > last) last = bin;
      const weight = weightOf(row);
      const at = bin * width;
      histogram[at]! += weight;
      if (isClass) histogram[at + 1 + y[row]!]! += weight;
      else histogram[at + 1]! += weight * y[row]!;
    }
    return first === last ? -1 : last;
  }

  /** Brings the rows that go left to the front, keeping their order. */
  function partition(each: number, bin: number, start: number, end: number): number {
    const column = bins.subarray(each * rows, (each + 1) * rows);
    let [kept, moved] = [start, 0];
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      if (column[row]! <= bin) order[kept++] = row;
      else spare[moved++] = row;
    }
    order.set(spare.subarray(0, moved), kept);
    return kept;
  }
}
