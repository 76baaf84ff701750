import type { ItemsetSink } from "./itemset-sink.ts";
import type { Itemset } from "./itemsets.ts";

/**
 * Keeps closed sets alone.
 *
 * A search that takes the rarest items first meets a closed set before any other set of the same transactions that it
 * branches on. So a set is closed unless an earlier one of the same print and count contains it, and nothing that
 * extends a set which is not closed is closed either.
 *
 * @see Zaki and Hsiao 2002, "CHARM: an efficient algorithm for closed itemset mining"
 */
export class ClosedSink implements ItemsetSink {
  readonly takesTables = false;
  readonly found: Itemset[] = [];
  readonly #byPrint = new Map<number, Itemset[]>();

  add(prefix: readonly number[], shared: readonly number[], count: number, print: number): boolean {
    const items = [...prefix, ...shared].sort((a, b) => a - b);
    const same = this.#byPrint.get(print);
    if (same?.some((other) => other.count === count && containsAll(other.items, items))) return false;
    const itemset = { items, count };
    this.found.push(itemset);
    if (same) same.push(itemset);
    else this.#byPrint.set(print, [itemset]);
    return true;
  }
}

/** Whether ascending numbers hold all of other ascending numbers. */
export function containsAll(items: readonly number[], wanted: readonly number[]): boolean {
  let at = 0;
  for (const item of wanted) {
    while (at < items.length && items[at]! < item) at++;
    if (items[at++] !== item) return false;
  }
  return true;
}
