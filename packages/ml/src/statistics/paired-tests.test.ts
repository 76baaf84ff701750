import { describe, expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { mcNemarTest, pairedTTest, wilcoxonTest } from "./paired-tests.ts";
import { binomialTail, incompleteBeta, logGamma, normalTail, studentTail } from "./tails.ts";

type Rows = readonly (readonly number[])[];
interface Test {
  readonly statistic: number;
  readonly pValue: number;
}
const recorded = golden<{
  readonly first: number[];
  readonly second: number[];
  readonly tTest: Test;
  readonly wilcoxon: Test;
  readonly mcNemar: number;
  readonly binomialTail: Rows;
  readonly normalTail: Rows;
  readonly studentTail: Rows;
  readonly incompleteBeta: Rows;
  readonly logGamma: Rows;
}>("statistics");
const { first, second } = recorded;

describe("paired tests", () => {
  it("are scipy's", () => {
    const t = pairedTTest(first, second);
    expect(t.statistic).toBeCloseTo(recorded.tTest.statistic, 9);
    expect(t.pValue).toBeCloseTo(recorded.tTest.pValue, 10);
    const ranks = wilcoxonTest(first, second);
    expect(ranks.statistic).toBeCloseTo(recorded.wilcoxon.statistic, 9);
    expect(ranks.pValue).toBeCloseTo(recorded.wilcoxon.pValue, 10);
  });

  it("count the rows on which one classifier alone is right", () => {
    const truth = Array.from({ length: 30 }, () => "a");
    const wrongIn = (from: number, to: number) => truth.map((label, row) => (row >= from && row < to ? "b" : label));
    const { onlyFirst, onlySecond, pValue } = mcNemarTest(truth, wrongIn(0, 5), wrongIn(2, 19));
    expect([onlyFirst, onlySecond]).toEqual([14, 2]);
    expect(pValue).toBeCloseTo(2 * binomialTail(2, 16), 12);
    expect(2 * binomialTail(3, 17)).toBeCloseTo(recorded.mcNemar, 12);
  });

  it("are less sure when folds share what they learn from, and see no difference where there is none", () => {
    expect(pairedTTest(first, second, 0.2).pValue).toBeGreaterThan(pairedTTest(first, second).pValue);
    expect(pairedTTest(first, first)).toEqual({ statistic: 0, pValue: 1 });
    expect(wilcoxonTest(first, first).pValue).toBe(1);
    expect(() => pairedTTest([1], [1, 2])).toThrow(expect.objectContaining({ code: "ml/length-mismatch" }));
  });
});

describe("tails", () => {
  it.each([
    ["binomialTail", binomialTail],
    ["normalTail", normalTail],
    ["studentTail", studentTail],
    ["incompleteBeta", incompleteBeta],
    ["logGamma", logGamma],
  ] as const)("%s is scipy's", (name, tail) => {
    for (const row of recorded[name]) {
      const value = (tail as (...given: number[]) => number)(...row.slice(0, -1));
      expect(Math.abs(value - row.at(-1)!)).toBeLessThan(1e-10 * Math.max(1e-3, Math.abs(row.at(-1)!)));
    }
  });
});
