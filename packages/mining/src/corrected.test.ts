import { describe, expect, it } from "vitest";
import { corrected } from "./corrected.ts";

const pValues = Float64Array.of(0.01, 0.04, 0.03, 0.005, 0.5, 0.04);

describe("corrected", () => {
  it("steps down with Holm", () => {
    // 6 · 0.005, 5 · 0.01, 4 · 0.03, then 3 · 0.04 and 2 · 0.04 may not fall below it.
    const expected = [0.05, 0.12, 0.12, 0.03, 0.5, 0.12];
    for (const [i, value] of corrected(pValues, "holm").entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  });

  it("agrees with scipy.stats.false_discovery_control", () => {
    const expected = [0.03, 0.048, 0.048, 0.03, 0.5, 0.048];
    const found = corrected(pValues, "benjamini-hochberg");
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  });
});
