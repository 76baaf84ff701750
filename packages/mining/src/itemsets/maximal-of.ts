import { containsAll } from "./closed-sink.ts";
import type { Itemset } from "./itemsets.ts";

/** The sets that no other one contains. */
export function maximalOf(itemsets: readonly Itemset[]): Itemset[] {
  const maximal: Itemset[] = [];
  const holding = new Map<number, Itemset[]>();
  for (const itemset of itemsets.toSorted((a, b) => b.items.length - a.items.length)) {
    const lists = itemset.items.map((item) => holding.get(item) ?? []);
    const fewest = lists.reduce((least, list) => (list.length < least.length ? list : least));
    if (fewest.some(({ items }) => containsAll(items, itemset.items))) continue;
    maximal.push(itemset);
    for (const item of itemset.items) {
      const list = holding.get(item);
      if (list) list.push(itemset);
      else holding.set(item, [itemset]);
    }
  }
  return maximal;
}
