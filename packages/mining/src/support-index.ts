import { eachItemset, type Itemset, type Itemsets } from "./itemsets/itemsets.ts";

/** Answers how often sets of items occur, from all frequent ones. */
export class SupportIndex {
  /** How many transactions there are. */
  readonly total: number;
  readonly #itemsets: Itemsets;
  readonly #counts = new Map<string, number>();
  readonly #best = new Map<string, number>();

  constructor(itemsets: Itemsets, total: number) {
    this.total = total;
    this.#itemsets = itemsets;
    this.#counts.set("", total);
    for (const { items, count } of eachItemset(itemsets)) this.#counts.set(items.join(), count);
  }

  itemsets(): Iterable<Itemset> {
    return eachItemset(this.#itemsets);
  }

  /** In how many transactions the items are; they ascend, and are part of a frequent set. */
  of(items: readonly number[]): number {
    return this.#counts.get(items.join())!;
  }

  /** The highest confidence with which less than the left side gives the right side. */
  bestConfidence(left: readonly number[], right: number): number {
    const key = `${left.join()}>${right}`;
    const known = this.#best.get(key);
    if (known !== undefined) return known;
    let best = 0;
    for (const item of left) {
      const less = left.filter((other) => other !== item);
      const both = [...less, right].sort((a, b) => a - b);
      best = Math.max(best, this.of(both) / this.of(less), this.bestConfidence(less, right));
    }
    this.#best.set(key, best);
    return best;
  }
}
