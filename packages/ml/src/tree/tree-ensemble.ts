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

/** Leaf values, averaged over the trees, under the prefix that the operator wants: `class` or `target`. */
export function ensembleLeaves(trees: readonly Tree[], prefix: "class" | "target"): Record<string, unknown> {
  const leaves = trees.flatMap((tree, t) =>
    Array.from(tree.feature, (feature, node) => ({ feature, node })).flatMap(({ feature, node }) =>
      feature >= 0
        ? []
        : Array.from({ length: tree.outputs }, (_, k) => ({
            t,
            node,
            k,
            weight: tree.value[node * tree.outputs + k]! / trees.length,
          })),
    ),
  );
  return {
    [`${prefix}_treeids`]: leaves.map(({ t }) => t),
    [`${prefix}_nodeids`]: leaves.map(({ node }) => node),
    [`${prefix}_ids`]: leaves.map(({ k }) => k),
    [`${prefix}_weights`]: leaves.map(({ weight }) => weight),
  };
}

/** Mean importance of each feature over the trees. */
export const meanImportances = (trees: readonly Tree[]): readonly number[] =>
  Array.from(
    trees[0]!.importances,
    (_, feature) => trees.reduce((sum, { importances }) => sum + importances[feature]!, 0) / trees.length,
  );
