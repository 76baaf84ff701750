import type { BinnedTree } from "./grow-boosted-tree.ts";

/** A boosted tree as plain arrays over its nodes; a sample goes left when its feature is at most the threshold. */
export interface BoostedTree {
  /** −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly value: Float64Array;
  readonly gain: Float64Array;
  readonly count: Float64Array;
  /** By node: the categories that go left, of a split on a categorical feature. */
  readonly categories: Readonly<Record<number, readonly number[]>>;
}

/** A tree whose bins have become values again; `border(feature, bin)` says which. */
export function unbinned(tree: BinnedTree, border: (feature: number, bin: number) => number): BoostedTree {
  const categories = tree.categories.flatMap((bins, node) =>
    bins ? [[node, bins.map((bin) => border(tree.feature[node]!, bin))] as const] : [],
  );
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float32Array.from(tree.feature, (feature, node) =>
      feature < 0 || tree.categories[node] ? 0 : border(feature, tree.bin[node]!),
    ),
    missingLeft: Uint8Array.from(tree.missingLeft, Number),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    value: Float64Array.from(tree.value),
    gain: Float64Array.from(tree.gain),
    count: Float64Array.from(tree.count),
    categories: Object.fromEntries(categories),
  };
}

/** Adds each sample's leaf value to every `stride`-th number of `into`, from `at` on. */
export function addTree(
  { feature, threshold, missingLeft, left, right, value, categories }: BoostedTree,
  data: Float32Array,
  features: number,
  { into, at, stride }: { readonly into: Float64Array; readonly at: number; readonly stride: number },
): void {
  const rows = data.length / features;
  const sets = new Map(Object.entries(categories).map(([node, list]) => [Number(node), new Set(list)]));
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let each = feature[0]!; each >= 0; each = feature[node]!) {
      const x = data[row * features + each]!;
      const isLeft = Number.isNaN(x)
        ? missingLeft[node] === 1
        : sets.size > 0 && sets.has(node)
          ? sets.get(node)!.has(x)
          : x <= threshold[node]!;
      node = isLeft ? left[node]! : right[node]!;
    }
    into[row * stride + at]! += value[node]!;
  }
}
