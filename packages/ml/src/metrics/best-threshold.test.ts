import { expect, it } from "vitest";
import { bestThreshold } from "./best-threshold.ts";

const isPositive = [true, false, true, false, true];
const scores = [0.9, 0.8, 0.6, 0.4, 0.2];

it.each([
  ["misses are dear", { falseAlarm: 1, miss: 10 }, { threshold: 0.2, cost: 2 / 5 }],
  ["false alarms are dear", { falseAlarm: 10, miss: 1 }, { threshold: 0.9, cost: 2 / 5 }],
  ["both cost alike", { falseAlarm: 1, miss: 1 }, { threshold: 0.9, cost: 2 / 5 }],
])("is where the sum is least when %s", (_, costs, expected) => {
  expect(bestThreshold(isPositive, scores, costs)).toEqual(expected);
});

it("is never reached when no score tells a positive, and takes equal scores together", () => {
  const costs = { falseAlarm: 3, miss: 1 };
  expect(bestThreshold([false, true], [0.5, 0.5], costs)).toEqual({ threshold: Number.POSITIVE_INFINITY, cost: 0.5 });
});
