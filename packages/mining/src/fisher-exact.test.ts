import { describe, expect, it } from "vitest";
import { fisherExact } from "./fisher-exact.ts";

describe("fisherExact", () => {
  // both, left, right, total, and scipy.stats.hypergeom.sf(both - 1, total, left, right)
  it.each([
    [8, 10, 12, 40, 0.0002280818719448501],
    [1, 10, 12, 40, 0.9845184368429151],
    [0, 3, 4, 10, 1],
    [5, 5, 5, 10, 0.003968253968253969],
    [90, 300, 400, 9835, 4.382007087653978e-55],
    [3, 6, 7, 10, 1],
  ])("sums the tail from %i of %i and %i in %i", (both, left, right, total, expected) => {
    expect(fisherExact(total).atLeast(both, left, right) / expected).toBeCloseTo(1, 9);
  });
});
