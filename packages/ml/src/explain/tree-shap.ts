import { AthanorError } from "@athanor/core";
import type { BoostedTrees } from "../boosting/boost.ts";
import type { BoostedTree } from "../boosting/boosted-tree.ts";
import type { Matrix } from "../matrix.ts";
import type { Tree } from "../tree/tree.ts";
import type { TreesState } from "../tree/tree-models.ts";

/** What features add to predictions, against a mean over other samples. */
export interface ShapValues {
  /** `[samples, outputs, features]`: with `base` they sum to the model's outputs, for boosting its scores. */
  readonly values: Float64Array;
  /** By output: the mean over the background. */
  readonly base: Float64Array;
  readonly outputs: number;
}

/** A tree as the walk sees it: its values are added to `outputs` from `at` on. */
interface Walkable {
  readonly feature: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  readonly width: number;
  readonly at: number;
  isLeft(node: number, value: number): boolean;
}

/**
 * Exact Shapley values of a forest, a tree or boosted trees: what a sample's features add against each background sample, on average.
 *
 * @throws `ml/not-trees`
 * @see Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for trees"
 */
export function treeShap(
  model: { readonly name: string; readonly state: unknown; readonly features: number },
  x: Matrix,
  background: Matrix,
): ShapValues {
  const { trees, base: offset, outputs, scale } = treesOf(model);
  const [samples, features] = x.shape as [number, number];
  const others = background.shape[0]!;
  const values = new Float64Array(samples * outputs * features);
  const base = Float64Array.from({ length: outputs }, (_, k) => offset[k] ?? 0);
  for (let other = 0; other < others; other++) {
    const z = background.data.subarray(other * features, (other + 1) * features);
    for (const tree of trees) {
      const leaf = leafOf(tree, z);
      for (let k = 0; k < tree.width; k++) base[tree.at + k]! += (scale * tree.value[leaf * tree.width + k]!) / others;
      for (let sample = 0; sample < samples; sample++) {
        const own = x.data.subarray(sample * features, (sample + 1) * features);
        addGame(tree, own, z, (feature, output, value) => {
          values[(sample * outputs + output) * features + feature]! += (scale * value) / others;
        });
      }
    }
  }
  return { values, base, outputs };
}

/**
 * Walks where the sample and the other could go. A leaf is reached by coalitions that hold the features by which the
 * sample came there (`mine`) and none of those by which the other did (`theirs`); each set has a share by its size alone.
 */
function addGame(
  tree: Walkable,
  x: Float32Array,
  z: Float32Array,
  add: (feature: number, output: number, value: number) => void,
): void {
  const [mine, theirs] = [new Set<number>(), new Set<number>()];
  const visit = (node: number): void => {
    const feature = tree.feature[node]!;
    if (feature < 0) {
      const [a, b] = [mine.size, theirs.size];
      if (a + b === 0) return;
      for (let k = 0; k < tree.width; k++) {
        const value = tree.value[node * tree.width + k]!;
        for (const each of mine) add(each, tree.at + k, value * share(a - 1, b));
        for (const each of theirs) add(each, tree.at + k, -value * share(a, b - 1));
      }
      return;
    }
    const [own, other] = [x[feature]!, z[feature]!].map((value) =>
      tree.isLeft(node, value) ? tree.left[node]! : tree.right[node]!,
    ) as [number, number];
    if (own === other || mine.has(feature)) visit(own);
    else if (theirs.has(feature)) visit(other);
    else {
      mine.add(feature);
      visit(own);
      mine.delete(feature);
      theirs.add(feature);
      visit(other);
      theirs.delete(feature);
    }
  };
  visit(0);
}

/** a! b! / (a + b + 1)! */
function share(a: number, b: number): number {
  let result = 1 / (a + b + 1);
  for (let i = 1; i <= b; i++) result *= i / (a + i);
  return result;
}

function leafOf(tree: Walkable, row: Float32Array): number {
  let node = 0;
  while (tree.feature[node]! >= 0)
    node = tree.isLeft(node, row[tree.feature[node]!]!) ? tree.left[node]! : tree.right[node]!;
  return node;
}

function treesOf({ name, state }: { readonly name: string; readonly state: unknown }) {
  const { trees, rounds, base } = state as Partial<TreesState & BoostedTrees>;
  if (trees) return { trees: trees.map(plainTree), base: [], outputs: trees[0]!.outputs, scale: 1 / trees.length };
  if (rounds && base)
    return { trees: rounds.flatMap((round) => round.map(boostedTree)), base, outputs: base.length, scale: 1 };
  throw new AthanorError("ml/not-trees", `treeShap: expected a tree, a forest or boosted trees, got ${name}`, {
    fix: "Use permutationImportance or partialDependence, which take any model.",
    details: { model: name },
  });
}

const plainTree = (tree: Tree): Walkable => ({
  ...tree,
  width: tree.outputs,
  at: 0,
  isLeft: (node, value) => value <= tree.threshold[node]!,
});

const boostedTree = (tree: BoostedTree, at: number): Walkable => ({
  ...tree,
  width: 1,
  at,
  isLeft: (node, value) =>
    Number.isNaN(value)
      ? tree.missingLeft[node] === 1
      : (tree.categories[node]?.includes(value) ?? value <= tree.threshold[node]!),
});
