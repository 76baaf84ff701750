import { expectedErrors } from "./expected-errors.ts";
import { most } from "./grow.ts";
import { branchShares, type Cases, countsOf, type Grown, partition, sumOf, type Training } from "./training.ts";

export interface Pruning {
  readonly confidence: number;
  readonly subtreeRaising: boolean;
}

/** Fewer expected errors than this are no reason to keep a larger tree. */
const indifferent = 0.1;

/**
 * Replaces subtrees, from the leaves up, by a leaf or by their largest branch where that is expected to make fewer errors.
 *
 * @see Quinlan 1993, "C4.5: programs for machine learning", chapter 4
 */
export function prune(training: Training, node: Grown, cases: Cases, pruning: Pruning): Grown {
  const { split, counts } = node;
  if (!split) return node;
  const parts = partition(training, cases, split, split.shares);
  const children = split.children.map((child, branch) => prune(training, child, parts[branch]!, pruning));
  const kept: Grown = { counts, split: { ...split, children } };
  const asTree = errorsOf(kept, pruning);
  const asLeaf = errorsOf({ counts, split: undefined }, pruning);
  const widest = children.reduce((best, child) => (sumOf(child.counts) > sumOf(best.counts) ? child : best));
  const raised = pruning.subtreeRaising ? regrown(training, widest, cases) : undefined;
  const asBranch = raised ? errorsOf(raised, pruning) : Number.POSITIVE_INFINITY;
  if (asLeaf <= asTree + indifferent && asLeaf <= asBranch + indifferent) return { counts, split: undefined };
  // The branch has other rows now, for which a part of it may do.
  if (raised && asBranch <= asTree + indifferent) return prune(training, raised, cases, pruning);
  return kept;
}

/** A subtree as other cases fill it. */
function regrown(training: Training, { split }: Grown, cases: Cases): Grown {
  const counts = countsOf(training, cases);
  if (!split) return { counts, split };
  const shares = branchShares(training, cases, split, split.children.length);
  const parts = partition(training, cases, split, shares);
  return {
    counts,
    split: { ...split, shares, children: split.children.map((child, i) => regrown(training, child, parts[i]!)) },
  };
}

const errorsOf = ({ counts, split }: Grown, pruning: Pruning): number => {
  if (split) return split.children.reduce((sum, child) => sum + errorsOf(child, pruning), 0);
  const weight = sumOf(counts);
  return expectedErrors(weight, weight - most(counts), pruning.confidence);
};
