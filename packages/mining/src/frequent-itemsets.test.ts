import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { associationRules, ruleInWords } from "./association-rules.ts";
import { frequentItemsets } from "./frequent-itemsets.ts";
import { transactionsFrom, transactionsFromPairs } from "./transactions.ts";

/** Every subset of the items, counted one transaction after another. */
function bruteForce(
  lists: readonly (readonly string[])[],
  labels: readonly string[],
  least: number,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (let subset = 1; subset < 2 ** labels.length; subset++) {
    const items = labels.filter((_, i) => subset & (1 << i));
    const count = lists.filter((list) => items.every((item) => list.includes(item))).length;
    if (count >= least) counts.set(items.toSorted().join(), count);
  }
  return counts;
}

const folder = process.env.ATHANOR_DATA ?? "../shared/data";

describe("frequentItemsets", () => {
  it("finds what counting every subset finds", async () => {
    const lists = fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 6 }), async (baskets, least) => {
        const transactions = transactionsFrom(baskets);
        const found = await frequentItemsets(transactions, { minSupport: least });
        const named = new Map(
          found.map(({ items, count }) => [
            items
              .map((item) => transactions.labels[item]!)
              .toSorted()
              .join(),
            count,
          ]),
        );
        expect(named).toEqual(bruteForce(baskets, transactions.labels, least));
      }),
      { numRuns: 60 },
    );
  });

  it("refuses a support of nothing", async () => {
    await expect(frequentItemsets(transactionsFrom([["a"]]), { minSupport: 0 })).rejects.toMatchObject({
      code: "mining/support",
    });
  });

  it.skipIf(!existsSync(join(folder, "groceries")))(
    "counts the groceries as published (skipped without the folder)",
    async () => {
      const lines = readFileSync(join(folder, "groceries/groceries.csv"), "utf8").trimEnd().split("\n");
      const baskets = transactionsFrom(lines.map((line) => line.replace("\r", "").split(",")));
      expect(await frequentItemsets(baskets, { minSupport: 0.01 })).toHaveLength(333);
      expect(await associationRules(baskets, { minSupport: 0.006, minConfidence: 0.25 })).toHaveLength(463);
      expect(await associationRules(baskets, { minSupport: 0.01, minConfidence: 0.5 })).toHaveLength(15);
    },
  );

  it.skipIf(!existsSync(join(folder, "fimi")))(
    "counts the benchmark files as published (skipped without the folder)",
    async () => {
      const read = (name: string) =>
        transactionsFrom(
          gunzipSync(readFileSync(join(folder, "fimi", name)))
            .toString()
            .trim()
            .split("\n")
            .map((line) => line.trim().split(" ")),
        );
      const mushroom = read("mushroom.dat.gz");
      expect(await frequentItemsets(mushroom, { minSupport: 0.4 })).toHaveLength(565);
      expect(await frequentItemsets(mushroom, { minSupport: 0.3 })).toHaveLength(2735);
      expect(await frequentItemsets(read("retail.dat.gz"), { minSupport: 0.01 })).toHaveLength(159);
    },
  );
});

describe("associationRules", () => {
  it("measures a rule, strongest first", async () => {
    const baskets = transactionsFromPairs(
      ["1", "1", "2", "2", "3", "4", undefined],
      ["tea", "cup", "tea", "cup", "tea", "ink", "ink"],
    );
    const [rule] = await associationRules(baskets, { minSupport: 2, minConfidence: 0.6 });
    expect(rule).toEqual({
      left: ["cup"],
      right: "tea",
      count: 2,
      support: 0.5,
      confidence: 1,
      lift: 4 / 3,
      leverage: 0.125,
      conviction: Number.POSITIVE_INFINITY,
    });
    expect(ruleInWords(rule!, "en")).toBe(
      "Of those with “cup”, 100 % also have “tea”: 1.3 times the average (2 times).",
    );
    expect(ruleInWords(rule!, "zh")).toContain("「cup」");
  });
});
