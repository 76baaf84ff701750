import type { Random } from "@athanor/core";
import type { BinnedFeatures } from "./bin-features.ts";
import { ClassSplits } from "./class-splits.ts";
import { FastDraws } from "./fast-draws.ts";
import { type GrownNodes, NodeList } from "./grown-nodes.ts";
import { KnownConstants } from "./known-constants.ts";
import { NumberSplits } from "./number-splits.ts";
import { prune } from "./prune.ts";
import type { SplitFinder } from "./split-finder.ts";
import type { Tree } from "./tree.ts";
import { TreeSpace } from "./tree-space.ts";

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
  space = new TreeSpace(binned, outputs),
): Tree {
  const { rows, features, thresholds } = binned;
  const { kernel, at } = space;
  const count = takeRows(space.order, rows, weights);
  const data = { space, binned, weights, minSamplesLeaf: growth.minSamplesLeaf };
  const finder: SplitFinder =
    isClass && outputs > 2 ? new ClassSplits(data, count, y) : new NumberSplits(data, count, y, isClass);
  const candidates = Int32Array.from({ length: features }, (_, feature) => feature);
  const constants = new KnownConstants(thresholds);
  const draws = new FastDraws(random);
  const nodes = new NodeList(outputs);
  const open = [nodes.add(0, count, 0)];
  let total = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const [start, end, depth] = [nodes.start[node]!, nodes.end[node]!, nodes.depth[node]!];
    finder.open(start, end);
    finder.writeValue(nodes.value, node * outputs);
    nodes.risks[node] = finder.risk;
    if (node === 0) total = finder.weight;
    // Below rounding nothing is left to be gained.
    const least = 1e-9 * finder.weight;
    if (finder.risk <= least && isClass) continue;
    if (depth >= growth.maxDepth || end - start < growth.minSamplesSplit || end - start < 2) continue;

    let [bestGain, bestFeature, bestBin] = [isClass ? least : 1e-9 * Math.abs(finder.risk), -1, 0];
    constants.enter(depth);
    // Beyond those that are to be looked at only until one varies, so that a split is found if there is one.
    for (let k = 0, varies = false; k < features && (k < growth.maxFeatures || !varies); k++) {
      const pick = k + draws.below(features - k);
      const each = candidates[pick]!;
      candidates[pick] = candidates[k]!;
      candidates[k] = each;
      if (constants.has(each)) continue;
      if (!finder.look(each, growth.randomCuts ? (first, last) => drawCut(each, first, last) : undefined)) {
        constants.add(each);
        continue;
      }
      varies = true;
      if (finder.gain > bestGain) [bestGain, bestFeature, bestBin] = [finder.gain, each, finder.bin];
    }
    if (bestFeature < 0) continue;
    const [order, pairs] = [at.order + 4 * start, at.pairs + 16 * start];
    const bins = bestFeature * rows;
    const middle = start + kernel.part(order, pairs, end - start, bins, bestBin, at.spare, at.sparePairs);
    nodes.gains[node] = bestGain;
    nodes.feature[node] = bestFeature;
    nodes.threshold[node] = thresholds[bestFeature]![bestBin]!;
    const left = nodes.add(start, middle, depth + 1);
    const right = nodes.add(middle, end, depth + 1);
    nodes.left[node] = left;
    nodes.right[node] = right;
    open.push(right, left);
  }
  const grown = nodes.grown();
  // Shares of all weight, as the impurity of the root is one.
  return treeFrom(growth.ccpAlpha > 0 ? prune(grown, growth.ccpAlpha * total) : grown, features);

  /** A bin by the place of a value drawn evenly between the lowest and the highest of the node. */
  function drawCut(each: number, first: number, last: number): number {
    const cuts = thresholds[each]!;
    const [low, high] = [cuts[first]!, cuts[last - 1]!];
    const drawn = low + draws.uniform() * (high - low);
    let bin = first;
    while (bin < last - 1 && cuts[bin + 1]! <= drawn) bin++;
    return bin;
  }
}

function treeFrom({ feature, threshold, left, right, value, outputs, gains }: GrownNodes, features: number): Tree {
  const importances = new Float64Array(features);
  for (let node = 0; node < gains.length; node++) if (feature[node]! >= 0) importances[feature[node]!]! += gains[node]!;
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

/** Writes the rows that have weight to the front of `order` and returns how many they are. */
function takeRows(order: Uint32Array, rows: number, weights: ArrayLike<number> | undefined): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (weights === undefined || weights[row]! > 0) order[count++] = row;
  return count;
}
