import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { groupKFold } from "./group-k-fold.ts";
import { kFold, leaveOneOut, repeatedKFold } from "./k-fold.ts";
import type { Split } from "./split.ts";
import { stratifiedGroupKFold } from "./stratified-group-k-fold.ts";
import { stratifiedKFold } from "./stratified-k-fold.ts";
import { timeSeriesSplit } from "./time-series-split.ts";
import { shuffleSplit, trainTestSplit } from "./train-test-split.ts";

const labels = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? "rare" : "common"));
const groups = Array.from({ length: 60 }, (_, i) => `group ${Math.floor(Math.sqrt(i))}`);
const all = Array.from({ length: 60 }, (_, i) => i);

describe("folds", () => {
  it("put every row once into a test part", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(1e6), (folds, seed) => {
        for (const splits of [
          kFold(60, folds, seed),
          stratifiedKFold(labels, folds, seed),
          groupKFold(groups, folds),
          stratifiedGroupKFold(labels, groups, folds),
          leaveOneOut(60),
        ]) {
          expect(splits.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual(all);
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

  it("keep groups together", () => {
    for (const splits of [groupKFold(groups, 3), stratifiedGroupKFold(labels, groups, 3)])
      for (const { train, test } of splits) {
        const learnt = new Set(train.map((row) => groups[row]));
        expect(test.filter((row) => learnt.has(groups[row]))).toEqual([]);
      }
  });

  it("differ from one repeat to the next", () => {
    const [first, , second] = repeatedKFold(60, 2, 2, 1);
    expect(first!.test).not.toEqual(second!.test);
    const [one, two] = shuffleSplit(60, 2, 0.5, 1);
    expect(one!.test).not.toEqual(two!.test);
  });

  it.each([
    ["rows of the smallest class", () => stratifiedKFold(["a", "a", "b"], 2, 1), /2 to 1 folds/],
    ["rows", () => kFold(3, 4, 1), /2 to 3 folds/],
    ["groups", () => groupKFold(["a", "a", "b"], 3), /2 to 2 folds/],
    ["what time allows", () => timeSeriesSplit(10, 4, { testRows: 3 }), /2 to 3 folds/],
  ])("are refused when they are more than %s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});

describe("folds beside scikit-learn", () => {
  const recorded = golden<{
    readonly labels: string[];
    readonly groups: string[];
    readonly splits: Record<"timeSeries" | "timeSeriesGap" | "group" | "stratifiedGroup", Split[]>;
  }>("splits");
  it.each([
    ["timeSeries", () => timeSeriesSplit(23, 4)],
    ["timeSeriesGap", () => timeSeriesSplit(23, 3, { gap: 2, testRows: 4, maxTrainRows: 7 })],
    ["group", () => groupKFold(recorded.groups, 3)],
    ["stratifiedGroup", () => stratifiedGroupKFold(recorded.labels, recorded.groups, 3)],
  ] as const)("%s are the same", (name, run) => {
    expect(run()).toEqual(recorded.splits[name]);
  });
});
