import type { Random } from "@athanor/core";
import type { BinnedFeatures } from "./bin-features.ts";
import { ClassSplits } from "./class-splits.ts";
import { NumberSplits } from "./number-splits.ts";
import { prune } from "./prune.ts";
import type { SplitFinder } from "./split-finder.ts";
import type { Tree } from "./tree.ts";

export interface Growth {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** Features looked at in each split. */
  readonly maxFeatures: number;
  /** Whether each feature is cut at one place, drawn between its ends, instead of the best. */
  readonly randomCuts: boolean;
  /** Impurity that a leaf has to save, as a share of all weight. */
  readonly ccpAlpha: number;
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
 * Grows a tree on rows that count `weights[row]` each, splitting where Gini impurity or squared error falls most.
 *
 * @see Breiman et al. 1984, "Classification and regression trees"
 * @see Geurts, Ernst and Wehenkel 2006, "Extremely randomized trees", https://doi.org/10.1007/s10994-006-6226-1
 */
export function growTree(
  binned: BinnedFeatures,
  { y, outputs, isClass }: Targets,
  weights: ArrayLike<number> | undefined,
  growth: Growth,
  random: Random,
): Tree {
  const { rows, features, bins, thresholds } = binned;
  const order = rowsWithWeight(rows, weights);
  const spare = new Uint32Array(order.length);
  const { minSamplesLeaf, randomCuts } = growth;
  const finder: SplitFinder = isClass
    ? new ClassSplits(binned, order, weights, { y: y as Int32Array, classes: outputs, minSamplesLeaf })
    : new NumberSplits(binned, order, weights, { y: y as Float64Array, minSamplesLeaf });
  const candidates = Int32Array.from({ length: features }, (_, feature) => feature);
  const [feature, threshold, left, right, value, risks]: [number[], number[], number[], number[], number[], number[]] =
    [[], [], [], [], [], []];
  const gains: number[] = [];
  let total = 0;
  const addNode = (): number => {
    gains.push(0);
    threshold.push(0);
    left.push(-1);
    right.push(-1);
    return feature.push(-1) - 1;
  };
  const open: Open[] = [{ start: 0, end: order.length, depth: 0, node: addNode() }];
  for (let task = open.pop(); task; task = open.pop()) {
    const { start, end, depth, node } = task;
    finder.open(start, end);
    finder.writeValue(value, node * outputs);
    risks[node] = finder.risk;
    if (node === 0) total = finder.weight;
    // Below rounding nothing is left to be gained.
    const least = 1e-9 * finder.weight;
    if (finder.risk <= least && isClass) continue;
    if (depth >= growth.maxDepth || end - start < growth.minSamplesSplit || end - start < 2) continue;

    let [bestGain, bestFeature, bestBin] = [isClass ? least : 1e-9 * Math.abs(finder.risk), -1, 0];
    // Features that cannot split do not count towards those looked at, so that a split is found if there is one.
    for (let looked = 0, k = 0; k < features && looked < growth.maxFeatures; k++) {
      const pick = k + random.integer(features - k);
      const each = candidates[pick]!;
      candidates[pick] = candidates[k]!;
      candidates[k] = each;
      if (thresholds[each]!.length === 0 || !finder.look(each)) continue;
      looked++;
      if (randomCuts) finder.lookAt(each, drawCut(each));
      if (finder.gain > bestGain) [bestGain, bestFeature, bestBin] = [finder.gain, each, finder.bin];
    }
    if (bestFeature < 0) continue;
    gains[node] = bestGain;
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
  const nodes = { feature, threshold, left, right, value, outputs, risks, gains };
  // Shares of all weight, as the impurity of the root is one.
  return treeFrom(growth.ccpAlpha > 0 ? prune(nodes, growth.ccpAlpha * total) : nodes, features);

  /** A bin by the place of a value drawn evenly between the lowest and the highest of the node. */
  function drawCut(each: number): number {
    const [first, last] = finder.bounds;
    const cuts = thresholds[each]!;
    const [low, high] = [cuts[first]!, cuts[last - 1]!];
    const drawn = low + random.uniform() * (high - low);
    let bin = first;
    while (bin < last - 1 && cuts[bin + 1]! <= drawn) bin++;
    return bin;
  }

  /** Brings the rows that go left to the front, keeping their order. */
  function partition(each: number, bin: number, start: number, end: number): number {
    const offset = each * rows;
    let [kept, moved] = [start, 0];
    for (let i = start; i < end; i++) {
      const row = order[i]!;
      if (bins[offset + row]! <= bin) order[kept++] = row;
      else spare[moved++] = row;
    }
    for (let i = 0; i < moved; i++) order[kept + i] = spare[i]!;
    return kept;
  }
}

/** The nodes of a tree while it grows, with the risk of each as a leaf and what its split gains. */
export interface GrownNodes {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
  readonly outputs: number;
  readonly risks: readonly number[];
  readonly gains: readonly number[];
}

function treeFrom({ feature, threshold, left, right, value, outputs, gains }: GrownNodes, features: number): Tree {
  const importances = new Float64Array(features);
  for (const [node, gain] of gains.entries()) if (feature[node]! >= 0) importances[feature[node]!]! += gain;
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
}

function rowsWithWeight(rows: number, weights: ArrayLike<number> | undefined): Uint32Array {
  const order = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (weights === undefined || weights[row]! > 0) order[count++] = row;
  return order.subarray(0, count);
}
