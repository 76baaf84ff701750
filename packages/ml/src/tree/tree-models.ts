import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { addPredictions, type Tree } from "./tree.ts";
import { ensembleLeaves, ensembleNodes } from "./tree-ensemble.ts";
import { fewRows, walkTrees } from "./walk-trees.ts";

/** Trees that vote by their mean: what single trees and forests share. */
export interface TreesState {
  readonly trees: readonly Tree[];
}

/** `[samples, outputs]` */
export function predictTrees(x: Matrix, { trees }: TreesState): Float64Array {
  if (x.shape[0]! >= fewRows) return walkTrees(x, trees);
  const outputs = trees[0]!.outputs;
  const sums = new Float64Array(x.shape[0]! * outputs);
  for (const tree of trees) addPredictions(tree, x.data, x.shape[1]!, sums, 1 / trees.length);
  return sums;
}

/** Only the probabilities are taken: the operator names the wrong label for two classes. */
export function treesClassifierToOnnx(
  g: GraphBuilder,
  x: Value,
  { trees }: TreesState,
  labels: readonly string[],
): Value {
  const attributes = { ...ensembleNodes(trees), ...ensembleLeaves(trees, "class"), classlabels_strings: labels };
  return g.ops("TreeEnsembleClassifier", [x], attributes, { domain: "ai.onnx.ml", outputs: 2 })[1]!;
}

export const treesRegressorToOnnx = (g: GraphBuilder, x: Value, { trees }: TreesState): Value =>
  g.op(
    "TreeEnsembleRegressor",
    [x],
    { ...ensembleNodes(trees), ...ensembleLeaves(trees, "target"), n_targets: 1 },
    { domain: "ai.onnx.ml" },
  );
