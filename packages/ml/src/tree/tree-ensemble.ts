import type { Tree } from "./tree.ts";

/** The nodes of trees as ai.onnx.ml writes them. */
export function ensembleNodes(trees: readonly Tree[]): Record<string, unknown> {
  const nodes = trees.flatMap((tree, t) => Array.from(tree.feature, (feature, node) => ({ tree, t, feature, node })));
  return {
    nodes_treeids: nodes.map(({ t }) => t),
    nodes_nodeids: nodes.map(({ node }) => node),
    nodes_featureids: nodes.map(({ feature }) => Math.max(0, feature)),
    nodes_modes: nodes.map(({ feature }) => (feature < 0 ? "LEAF" : "BRANCH_LEQ")),
    nodes_values: nodes.map(({ tree, node }) => tree.threshold[node]!),
    nodes_truenodeids: nodes.map(({ tree, feature, node }) => (feature < 0 ? 0 : tree.left[node]!)),
    nodes_falsenodeids: nodes.map(({ tree, feature, node }) => (feature < 0 ? 0 : tree.right[node]!)),
  };
}

/**
 * Leaf values, averaged over the trees, under the prefix that the operator wants: `class` or `target`.
 *
 * Of many classes a leaf names only those it holds: most of their shares are zero.
 */
export function ensembleLeaves(trees: readonly Tree[], prefix: "class" | "target"): Record<string, unknown> {
  const treeIds: number[] = [];
  const nodeIds: number[] = [];
  const ids: number[] = [];
  const weights: number[] = [];
  for (const [t, { feature, outputs, value }] of trees.entries()) {
    for (let node = 0; node < feature.length; node++) {
      if (feature[node]! >= 0) continue;
      for (let k = 0; k < outputs; k++) {
        const weight = value[node * outputs + k]! / trees.length;
        if (weight === 0 && outputs > 2) continue;
        treeIds.push(t);
        nodeIds.push(node);
        ids.push(k);
        weights.push(weight);
      }
    }
  }
  return {
    [`${prefix}_treeids`]: treeIds,
    [`${prefix}_nodeids`]: nodeIds,
    [`${prefix}_ids`]: ids,
    [`${prefix}_weights`]: weights,
  };
}

/** Mean importance of each feature over the trees. */
export const meanImportances = (trees: readonly Tree[]): readonly number[] =>
  Array.from(
    trees[0]!.importances,
    (_, feature) => trees.reduce((sum, { importances }) => sum + importances[feature]!, 0) / trees.length,
  );
