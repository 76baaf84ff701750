import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { associationRules, ruleInWords } from "./association-rules.ts";
import { transactionsFrom, transactionsFromPairs } from "./transactions.ts";

const folder = process.env.ATHANOR_DATA ?? "../shared/data";

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
      kulczynski: (1 + 2 / 3) / 2,
    });
    expect(ruleInWords(rule!, "en")).toBe(
      "Of those with “cup”, 100 % also have “tea”: 1.3 times the average (2 times).",
    );
    expect(ruleInWords(rule!, "zh")).toContain("「cup」");
  });

  it("leaves out what a shorter left side already says", async () => {
    // Cup gives tea always; that ink comes along adds nothing.
    const baskets = transactionsFrom([["cup", "tea", "ink"], ["cup", "tea", "ink"], ["cup", "tea"], ["ink"], ["pen"]]);
    const find = async (withoutRedundant: boolean) =>
      (await associationRules(baskets, { minSupport: 2, minConfidence: 0.9, withoutRedundant })).map(
        ({ left, right }) => `${left.join("+")}>${right}`,
      );
    expect(await find(false)).toContain("cup+ink>tea");
    expect((await find(true)).sort()).toEqual(["cup>tea", "tea>cup"]);
  });

  it("tells rules from chance by Fisher's exact test over all that are frequent", async () => {
    const lists = [
      ...Array.from({ length: 8 }, () => ["a", "b"]),
      ...Array.from({ length: 2 }, () => ["a", "c"]),
      ...Array.from({ length: 4 }, () => ["b", "c"]),
      ...Array.from({ length: 26 }, () => ["c"]),
    ];
    const rules = await associationRules(transactionsFrom(lists), {
      minSupport: 2,
      minConfidence: 0,
      significance: { level: 0.05, correction: "holm" },
    });
    // Three pairs are frequent, so that six rules are tested; the p-value itself is SciPy's.
    expect(rules.map(({ left, right }) => `${left}>${right}`)).toEqual(["a>b", "b>a"]);
    expect(rules[0]!.pValue).toBeCloseTo(6 * 0.0002280818719448501, 12);
  });

  it("refuses a confidence that is no share", async () => {
    const rules = associationRules(transactionsFrom([["a"]]), { minSupport: 1, minConfidence: 50 });
    await expect(rules).rejects.toMatchObject({ code: "mining/confidence" });
  });

  it.skipIf(!existsSync(join(folder, "groceries")))(
    "finds the rules of the groceries that are published (skipped without the folder)",
    async () => {
      const lines = readFileSync(join(folder, "groceries/groceries.csv"), "utf8").trimEnd().split("\n");
      const baskets = transactionsFrom(lines.map((line) => line.replace("\r", "").split(",")));
      expect(await associationRules(baskets, { minSupport: 0.006, minConfidence: 0.25 })).toHaveLength(463);
      expect(await associationRules(baskets, { minSupport: 0.01, minConfidence: 0.5 })).toHaveLength(15);
    },
  );
});
