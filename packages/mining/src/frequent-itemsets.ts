import { AthanorError, type LongWork, yieldToEventLoop } from "@athanor/core";
import { countOf, type Transactions } from "./transactions.ts";

/** What counts as frequent. */
export interface ItemsetOptions extends LongWork {
  /** Share of the transactions when below 1, a count otherwise. */
  readonly minSupport: number;
  /** Items in a set at most. */
  readonly maxLength?: number;
}

/** Items that occur together, ascending, and in how many transactions. */
export interface Itemset {
  readonly items: readonly number[];
  readonly count: number;
}

/** A prefix tree over transactions whose items are ordered by frequency; nodes of one item are chained. */
interface PrefixTree {
  readonly item: number[];
  readonly count: number[];
  readonly parent: number[];
  readonly next: number[];
  /** First node and total count by item, in the tree's order. */
  readonly heads: Map<number, number>;
  readonly totals: Map<number, number>;
}

/**
 * All itemsets with at least the wanted support, by FP-growth; counts are exact.
 *
 * @throws `mining/support` when the support is not above 0
 * @see Han, Pei and Yin 2000, "Mining frequent patterns without candidate generation"
 */
export async function frequentItemsets(
  transactions: Transactions,
  options: ItemsetOptions,
): Promise<readonly Itemset[]> {
  const { minSupport, maxLength = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  if (!(minSupport > 0)) {
    throw new AthanorError("mining/support", `frequentItemsets: expected minSupport above 0, got ${minSupport}`, {
      fix: "Give a share such as 0.01, or a count of at least 1.",
      details: { minSupport },
    });
  }
  const total = countOf(transactions);
  const least = Math.max(1, minSupport < 1 ? Math.ceil(minSupport * total - 1e-9) : minSupport);
  const found: Itemset[] = [];

  const grow = (tree: PrefixTree, suffix: readonly number[]): void => {
    for (const [item, count] of tree.totals) {
      const items = [item, ...suffix];
      found.push({ items: items.toSorted((a, b) => a - b), count });
      if (items.length < maxLength) grow(conditionalTree(tree, item, least), items);
    }
  };
  const tree = fullTree(transactions, least);
  let done = 0;
  let resumed = Date.now();
  for (const [item, count] of tree.totals) {
    found.push({ items: [item], count });
    if (maxLength > 1) grow(conditionalTree(tree, item, least), [item]);
    done++;
    if (Date.now() - resumed > 20) {
      onProgress?.({ stage: "growing itemsets", done, total: tree.totals.size, unit: "items" });
      await yieldToEventLoop(signal);
      resumed = Date.now();
    }
  }
  return found;
}

function emptyTree(): PrefixTree {
  return { item: [-1], count: [0], parent: [-1], next: [-1], heads: new Map(), totals: new Map() };
}

/** Builds a tree from paths whose items are already in the tree's order. */
class TreeGrower {
  readonly tree = emptyTree();
  readonly #children: Map<number, number>[] = [new Map()];

  add(path: readonly number[], count: number): void {
    const { tree } = this;
    let at = 0;
    for (const item of path) {
      let child = this.#children[at]!.get(item);
      if (child === undefined) {
        child = tree.item.length;
        tree.item.push(item);
        tree.count.push(0);
        tree.parent.push(at);
        tree.next.push(tree.heads.get(item) ?? -1);
        tree.heads.set(item, child);
        this.#children[at]!.set(item, child);
        this.#children.push(new Map());
      }
      tree.count[child]! += count;
      at = child;
    }
  }
}

/** Frequent items, the most frequent first: common prefixes are then shared most. */
function ranked(counts: ReadonlyMap<number, number>, least: number): ReadonlyMap<number, number> {
  const kept = [...counts].filter(([, count]) => count >= least).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return new Map(kept.map(([item], rank) => [item, rank]));
}

function fullTree(transactions: Transactions, least: number): PrefixTree {
  const { offsets, items } = transactions;
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const ranks = ranked(counts, least);
  const grower = new TreeGrower();
  for (let i = 0; i < countOf(transactions); i++) {
    const path = Array.from(items.subarray(offsets[i]!, offsets[i + 1]!)).filter((item) => ranks.has(item));
    grower.add(
      path.sort((a, b) => ranks.get(a)! - ranks.get(b)!),
      1,
    );
  }
  for (const item of ranks.keys()) grower.tree.totals.set(item, counts.get(item)!);
  return grower.tree;
}

/** The tree of what stands before an item. */
function conditionalTree(tree: PrefixTree, item: number, least: number): PrefixTree {
  const counts = new Map<number, number>();
  for (let node = tree.heads.get(item) ?? -1; node !== -1; node = tree.next[node]!) {
    for (let up = tree.parent[node]!; up > 0; up = tree.parent[up]!) {
      counts.set(tree.item[up]!, (counts.get(tree.item[up]!) ?? 0) + tree.count[node]!);
    }
  }
  const ranks = ranked(counts, least);
  const grower = new TreeGrower();
  if (ranks.size === 0) return grower.tree;
  for (let node = tree.heads.get(item) ?? -1; node !== -1; node = tree.next[node]!) {
    const path: number[] = [];
    for (let up = tree.parent[node]!; up > 0; up = tree.parent[up]!)
      if (ranks.has(tree.item[up]!)) path.push(tree.item[up]!);
    grower.add(
      path.sort((a, b) => ranks.get(a)! - ranks.get(b)!),
      tree.count[node]!,
    );
  }
  for (const each of ranks.keys()) grower.tree.totals.set(each, counts.get(each)!);
  return grower.tree;
}
