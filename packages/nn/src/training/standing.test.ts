import { expect, it } from "vitest";
import { standingOf } from "./standing.ts";

const speed = { rowsPerSecond: 1, stepsPerSecond: 1 };
const history = (...accuracies: number[]) =>
  accuracies.map((accuracy, i) => ({ epoch: i + 1, loss: 1, learningRate: 1, validation: { accuracy }, speed }));
const watch = { metric: "accuracy", better: "higher" } as const;

it("ranks the last epoch, and names whose checkpoints are no longer wanted", () => {
  expect(standingOf(history(0.5, 0.9, 0.7), watch, 2)).toEqual({ epoch: 3, rank: 2, outdated: [1] });
  expect(standingOf(history(0.5, 0.9, 0.7, 0.1), watch, 2)).toEqual({ epoch: 4, rank: 4, outdated: [1] });
  expect(standingOf(history(0.5, 0.9, 0.7, 0.1, 0.8), watch, 2)).toEqual({ epoch: 5, rank: 2, outdated: [1, 3, 4] });
});

it("prefers the earlier of two that are alike, and anything to what is no number", () => {
  expect(standingOf(history(Number.NaN, 0.5, 0.5), watch, 1)).toEqual({ epoch: 3, rank: 2, outdated: [1] });
});

it("takes the last for the best where nothing was validated, and drops none unless asked", () => {
  const plain = history(1, 1, 1).map(({ validation: _, ...report }) => report);
  expect(standingOf(plain, watch, 1)).toEqual({ epoch: 3, rank: 1, outdated: [1, 2] });
  expect(standingOf(plain, watch)).toEqual({ epoch: 3, rank: 1, outdated: [] });
});
