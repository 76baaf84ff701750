import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { transactionsFrom } from "../transactions.ts";
import { frequentItemsets } from "./frequent-itemsets.ts";
import type { Itemsets } from "./itemsets.ts";

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
