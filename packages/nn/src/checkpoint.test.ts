import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { standingOf } from "./training/standing.ts";

const report = (epoch: number, accuracy: number) => ({
  epoch,
  loss: epoch === 1 ? Number.POSITIVE_INFINITY : 1,
  learningRate: 0.1,
  validation: { accuracy },
  speed: { rowsPerSecond: 1, stepsPerSecond: 1 },
});

it("keeps numbers that JSON cannot write, so that epochs rank after it as before", () => {
  const history = [report(1, Number.NaN), report(2, -0.5)];
  const best = { epoch: 1, score: Number.NaN, weights: { w: float32([1]) } };
  const snapshot = { step: 2, states: { w: float32([2]) } };
  const read = readCheckpoint(writeCheckpoint({ identity: "one", snapshot, best, history }));
  expect(read).toEqual({ identity: "one", snapshot, best, history });
  const watch = { metric: "accuracy", better: "higher" } as const;
  expect(standingOf(read.history, watch)).toEqual(standingOf(history, watch));
  expect(standingOf(read.history, watch).rank).toBe(1);
});
