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
    });
    expect(ruleInWords(rule!, "en")).toBe(
      "Of those with “cup”, 100 % also have “tea”: 1.3 times the average (2 times).",
    );
    expect(ruleInWords(rule!, "zh")).toContain("「cup」");
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
