import type { GraphBuilder, Value } from "@athanor/onnx";
import type { BoostedTrees } from "./boost.ts";
import type { BoostedTree } from "./boosted-tree.ts";

interface Node {
  readonly id: number;
  readonly feature: number;
  readonly mode: "BRANCH_LEQ" | "BRANCH_EQ" | "LEAF";
  readonly value: number;
  readonly yes: number;
  readonly no: number;
  readonly missingIsYes: boolean;
}

/** From float32 `[batch, features]` to scores, float32 `[batch, outputs]`. */
export function boostedToOnnx(g: GraphBuilder, x: Value, { base, rounds }: BoostedTrees): Value {
  const outputs = base.length;
  const trees = rounds.flat();
  const nodes = trees.flatMap((tree, t) => nodesOf(tree).map((node) => ({ t, ...node })));
  const leaves = trees.flatMap((tree, t) =>
    Array.from(tree.feature.keys())
      .filter((node) => tree.feature[node]! < 0)
      .map((node) => ({ t, node, output: t % outputs, value: tree.value[node]! })),
  );
  return g.op(
    "TreeEnsembleRegressor",
    [x],
    {
      n_targets: outputs,
      base_values: [...base],
      nodes_treeids: nodes.map(({ t }) => t),
      nodes_nodeids: nodes.map(({ id }) => id),
      nodes_featureids: nodes.map(({ feature }) => feature),
      nodes_modes: nodes.map(({ mode }) => mode),
      nodes_values: nodes.map(({ value }) => value),
      nodes_truenodeids: nodes.map(({ yes }) => yes),
      nodes_falsenodeids: nodes.map(({ no }) => no),
      nodes_missing_value_tracks_true: nodes.map(({ missingIsYes }) => Number(missingIsYes)),
      target_treeids: leaves.map(({ t }) => t),
      target_nodeids: leaves.map(({ node }) => node),
      target_ids: leaves.map(({ output }) => output),
      target_weights: leaves.map(({ value }) => value),
    },
    { domain: "ai.onnx.ml" },
  );
}

/** A split on categories becomes a chain of comparisons that share their left child. */
function nodesOf({ feature, threshold, missingLeft, left, right, categories }: BoostedTree): readonly Node[] {
  let free = feature.length;
  return Array.from(feature).flatMap((each, id): readonly Node[] => {
    if (each < 0) return [{ id, feature: 0, mode: "LEAF", value: 0, yes: 0, no: 0, missingIsYes: false }];
    const missingIsYes = missingLeft[id] === 1;
    const shared = { feature: each, yes: left[id]!, missingIsYes };
    const members = categories[id];
    if (members === undefined) return [{ ...shared, id, mode: "BRANCH_LEQ", value: threshold[id]!, no: right[id]! }];
    // Only missing values go left.
    if (members.length === 0)
      return [{ ...shared, id, mode: "BRANCH_LEQ", value: Number.NEGATIVE_INFINITY, no: right[id]! }];
    const ids = members.map((_, i) => (i === 0 ? id : free++));
    return members.map((value, i) => ({
      ...shared,
      id: ids[i]!,
      mode: "BRANCH_EQ",
      value,
      no: ids[i + 1] ?? right[id]!,
    }));
  });
}
