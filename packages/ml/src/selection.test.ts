import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kFold, stratifiedKFold, trainTestSplit } from "./selection.ts";

const labels = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? "rare" : "common"));

describe("splits", () => {
  it("put every row once into a test part", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), (folds, seed) => {
        for (const splits of [kFold(60, folds, seed), stratifiedKFold(labels, folds, seed)]) {
          expect(splits.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual(
            Array.from({ length: 60 }, (_, i) => i),
          );
          for (const { train, test } of splits) expect(train.length + test.length).toBe(60);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("spread a rare class evenly", () => {
    for (const { test } of stratifiedKFold(labels, 5, 3))
      expect(test.filter((row) => labels[row] === "rare")).toHaveLength(2);
    expect(trainTestSplit(60, 0.2, 3, labels).test.filter((row) => labels[row] === "rare")).toHaveLength(2);
  });

  it("refuse more folds than the smallest class has rows", () => {
    expect(() => stratifiedKFold(["a", "a", "b"], 2, 1)).toThrow(/2 to 1 folds/);
  });
});
