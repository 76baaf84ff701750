import type { Matrix } from "../matrix.ts";
import { type Grown, sumOf, type Training } from "./training.ts";

/** A tree as plain arrays over its nodes, level by level; the branches of a node lie side by side. */
export interface C45State {
  /** By feature, rising; none for numbers. */
  readonly categories: readonly Float32Array[];
  /** -1 at a leaf. */
  readonly feature: Int32Array;
  /** The last value that takes the first of two branches; NaN where each category has a branch. */
  readonly threshold: Float32Array;
  /** The first branch. */
  readonly child: Int32Array;
  /** Of a branch: how much of a row whose answer is missing takes it. */
  readonly share: Float64Array;
  /** Of training rows. */
  readonly weight: Float64Array;
  /** `[nodes, classes]`: class shares; where no row came, those of the node above. */
  readonly value: Float64Array;
  /** By feature: bits about the class that its questions gave, as a share of all. */
  readonly importances: Float64Array;
}

export function flatten(root: Grown, { values, isCategorical, classes }: Training): C45State {
  const queue = [{ node: root, share: 1, above: root.counts.map((count) => count / sumOf(root.counts)) }];
  const [feature, threshold, child, share, weight, value]: number[][] = [[], [], [], [], [], []];
  const importances = new Float64Array(values.length);
  for (const { node, share: own, above } of queue) {
    const { counts, split } = node;
    const total = sumOf(counts);
    const shares = total > 0 ? counts.map((count) => count / total) : above;
    feature!.push(split?.feature ?? -1);
    threshold!.push(split && split.cut >= 0 ? values[split.feature]![split.cut]! : Number.NaN);
    child!.push(split ? queue.length : -1);
    share!.push(own);
    weight!.push(total);
    for (let k = 0; k < classes; k++) value!.push(shares[k]!);
    if (!split) continue;
    importances[split.feature]! += split.children.reduce((rest, each) => rest - bits(each.counts), bits(counts));
    for (const [branch, each] of split.children.entries())
      queue.push({ node: each, share: split.shares[branch]!, above: shares });
  }
  const gained = sumOf(importances) || 1;
  return {
    categories: values.map((own, j) => (isCategorical[j] ? own : new Float32Array())),
    feature: Int32Array.from(feature!),
    threshold: Float32Array.from(threshold!),
    child: Int32Array.from(child!),
    share: Float64Array.from(share!),
    weight: Float64Array.from(weight!),
    value: Float64Array.from(value!),
    importances: importances.map((each) => each / gained),
  };
}

/** Entropy of class weights, times their sum. */
function bits(counts: Float64Array): number {
  const total = sumOf(counts);
  return counts.reduce((sum, count) => (count > 0 ? sum - count * Math.log2(count / total) : sum), 0);
}

/** How many branches a node has. */
export const branchCount = ({ categories, feature, threshold }: C45State, node: number): number =>
  Number.isNaN(threshold[node]!) ? categories[feature[node]!]!.length : 2;

/** Class shares of the leaves that each row reaches, by the weight with which it does. */
export function predictC45({ data, shape: [rows = 0, features = 0] }: Matrix, state: C45State, classes: number) {
  const { categories, feature, threshold, child, share, value } = state;
  const out = new Float64Array(rows * classes);
  const places = categories.map((own) => new Map(Array.from(own, (category, i) => [category, i])));
  for (let row = 0; row < rows; row++) {
    const open: { readonly node: number; readonly weight: number }[] = [{ node: 0, weight: 1 }];
    for (let task = open.pop(); task; task = open.pop()) {
      let { node } = task;
      while (feature[node]! >= 0) {
        const asked = data[row * features + feature[node]!]!;
        const isName = Number.isNaN(threshold[node]!);
        const known = isName ? places[feature[node]!]!.get(asked) : Number(asked > threshold[node]!);
        if (known === undefined || Number.isNaN(asked)) break;
        node = child[node]! + known;
      }
      if (feature[node]! >= 0) {
        for (let branch = 0; branch < branchCount(state, node); branch++) {
          const next = child[node]! + branch;
          if (share[next]! > 0) open.push({ node: next, weight: task.weight * share[next]! });
        }
      } else for (let k = 0; k < classes; k++) out[row * classes + k]! += task.weight * value[node * classes + k]!;
    }
  }
  return out;
}
