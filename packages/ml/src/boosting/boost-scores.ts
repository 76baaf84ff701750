import type { Matrix } from "../matrix.ts";
import type { BoostedTrees } from "./boost.ts";
import { addTree } from "./boosted-tree.ts";

/** `[samples, outputs]`: the base plus the values of the leaves that each sample falls into. */
export function boostScores({ data, shape }: Matrix, { base, rounds }: BoostedTrees): Float64Array {
  const [rows, features] = shape as [number, number];
  const stride = base.length;
  const into = new Float64Array(rows * stride);
  for (let row = 0; row < rows; row++) into.set(base, row * stride);
  for (const round of rounds)
    for (const [at, tree] of round.entries()) addTree(tree, data, features, { into, at, stride });
  return into;
}

/** Share of the gain that splits on each feature have brought. */
export function gainShares({ rounds, features }: BoostedTrees): readonly number[] {
  const gains = new Array<number>(features).fill(0);
  for (const { feature, gain } of rounds.flat())
    for (const [node, each] of feature.entries()) if (each >= 0) gains[each]! += gain[node]!;
  const all = gains.reduce((sum, gain) => sum + gain, 0);
  return all === 0 ? gains : gains.map((gain) => gain / all);
}
