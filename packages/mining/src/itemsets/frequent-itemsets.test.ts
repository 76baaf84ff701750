import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionsFrom } from "../transactions.ts";
import { frequentItemsets, type ItemsetChoice } from "./frequent-itemsets.ts";
import { eachItemset, type Itemset } from "./itemsets.ts";

/** Every subset of the items, counted one transaction after another. */
function bruteForce(lists: readonly (readonly string[])[], labels: readonly string[], least: number): Itemset[] {
  const found: Itemset[] = [];
  for (let subset = 1; subset < 2 ** labels.length; subset++) {
    const items = [...labels.keys()].filter((item) => subset & (1 << item));
    const count = lists.filter((list) => items.every((item) => list.includes(labels[item]!))).length;
    if (count >= least) found.push({ items, count });
  }
  return found;
}

const contains = (large: Itemset, small: Itemset) =>
  large.items.length > small.items.length && small.items.every((item) => large.items.includes(item));
const chosen: Record<NonNullable<ItemsetChoice["keep"]>, (all: readonly Itemset[]) => readonly Itemset[]> = {
  all: (all) => all,
  closed: (all) => all.filter((set) => !all.some((other) => other.count === set.count && contains(other, set))),
  maximal: (all) => all.filter((set) => !all.some((other) => contains(other, set))),
};
const inOrder = (sets: Iterable<Itemset>) => [...sets].map(({ items, count }) => `${items.join()}: ${count}`).sort();

const baskets = (items: number, most: number) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: items - 1 }).map(String), { maxLength: most }), {
    minLength: 1,
    maxLength: 25,
  });
describe("frequentItemsets", () => {
  it.each(["all", "closed", "maximal"] as const)("finds what counting every subset finds: %s", async (keep) => {
    await fc.assert(
      fc.asyncProperty(
        baskets(9, 9),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (lists, least, maxLength) => {
          const transactions = transactionsFrom(lists);
          const found = await frequentItemsets(transactions, { minSupport: least, maxLength, keep });
          const wanted = chosen[keep](bruteForce(lists, transactions.labels, least));
          expect(inOrder(eachItemset(found))).toEqual(inOrder(wanted.filter(({ items }) => items.length <= maxLength)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("finds the same sets of many items as of few", async () => {
    // Items past the width of a machine word: blocks of nine, so that every set lies in one block.
    const lists = fc.sample(baskets(9, 9), { numRuns: 5, seed: 1 });
    const blocks = lists.flatMap((rows, block) => rows.map((row) => row.map((item) => `${block}/${item}`)));
    const everywhere = blocks.map((row) => [...row, "x"]);
    const transactions = transactionsFrom(everywhere);
    for (const keep of ["all", "closed", "maximal"] as const) {
      const found = await frequentItemsets(transactions, { minSupport: 2, keep });
      const wanted = lists.flatMap((rows, block) => {
        const own = transactionsFrom(rows);
        return bruteForce(rows, own.labels, 2).map(({ items, count }) => ({
          items: items.map((item) => transactions.labels.indexOf(`${block}/${own.labels[item]}`)),
          count,
        }));
      });
      const x = transactions.labels.indexOf("x");
      const all = [
        ...wanted,
        ...wanted.map(({ items, count }) => ({ items: [...items, x], count })),
        { items: [x], count: everywhere.length },
      ].map(({ items, count }) => ({ items: items.toSorted((a, b) => a - b), count }));
      expect(inOrder(eachItemset(found))).toEqual(inOrder(chosen[keep](all)));
    }
  });

  it("refuses a support of nothing", async () => {
    await expect(frequentItemsets(transactionsFrom([["a"]]), { minSupport: 0 })).rejects.toMatchObject({
      code: "mining/support",
    });
  });

  it("refuses to find more sets than memory holds", async () => {
    const same = transactionsFrom([Array.from({ length: 40 }, (_, i) => String(i))]);
    await expect(frequentItemsets(same, { minSupport: 1 })).rejects.toMatchObject({ code: "mining/too-many" });
    expect((await frequentItemsets(same, { minSupport: 1, keep: "closed" })).counts).toHaveLength(1);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    const rows = Array.from({ length: 3000 }, (_, i) => Array.from({ length: 30 }, (_, j) => `${(i * j) % 997}`));
    const stop = () => controller.abort();
    const mining = frequentItemsets(transactionsFrom(rows), {
      minSupport: 20,
      signal: controller.signal,
      onProgress: stop,
    });
    await expect(mining).rejects.toThrow("aborted");
  });
});
