import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transactionsFrom } from "../transactions.ts";
import { frequentItemsets, type ItemsetChoice } from "./frequent-itemsets.ts";
import { eachItemset, type Itemset, type Itemsets } from "./itemsets.ts";

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
const folder = process.env.ATHANOR_DATA ?? "../shared/data";
const fimi = (name: string) =>
  transactionsFrom(
    gunzipSync(readFileSync(join(folder, "fimi", name)))
      .toString()
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" ")),
  );
const groceries = () =>
  transactionsFrom(
    readFileSync(join(folder, "groceries/groceries.csv"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.replace("\r", "").split(",")),
  );
/** How many sets there are, and the sum of their counts. */
const figures = ({ counts }: Itemsets) => [counts.length, counts.reduce((sum, count) => sum + count, 0)];

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

  it.skipIf(!existsSync(join(folder, "groceries")))(
    "counts the groceries as published and as PyFIM does (skipped without the folder)",
    async () => {
      expect(figures(await frequentItemsets(groceries(), { minSupport: 0.01 }))[0]).toBe(333);
      const [all, closed, maximal] = await Promise.all(
        (["all", "closed", "maximal"] as const).map((keep) =>
          frequentItemsets(groceries(), { minSupport: 0.001, keep }),
        ),
      );
      expect([all!, closed!, maximal!].map(figures)).toEqual([
        [13492, 339547],
        [13464, 339243],
        [7794, 98200],
      ]);
    },
  );

  it.skipIf(!existsSync(join(folder, "fimi")))(
    "counts the benchmark files as published and as PyFIM does (skipped without the folder)",
    async () => {
      const mushroom = fimi("mushroom.dat.gz");
      expect(figures(await frequentItemsets(mushroom, { minSupport: 0.4 }))[0]).toBe(565);
      expect(figures(await frequentItemsets(mushroom, { minSupport: 0.3 }))[0]).toBe(2735);
      // PyFIM counts one less: it leaves out the item that every transaction has.
      expect(figures(await frequentItemsets(mushroom, { minSupport: 0.1 }))).toEqual([574431, 578184444]);
      expect(figures(await frequentItemsets(mushroom, { minSupport: 0.1, keep: "closed" }))).toEqual([4885, 6951332]);
      expect(figures(await frequentItemsets(mushroom, { minSupport: 0.1, keep: "maximal" }))).toEqual([547, 478476]);
      const retail = fimi("retail.dat.gz");
      expect(figures(await frequentItemsets(retail, { minSupport: 0.01 }))[0]).toBe(159);
      expect(figures(await frequentItemsets(retail, { minSupport: 0.0005 }))).toEqual([19242, 2568840]);
    },
  );
});
