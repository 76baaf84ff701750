import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { balanced } from "./balanced.ts";

const labels = Array.from({ length: 100 }, (_, i) => (i < 80 ? "common" : i < 98 ? "seldom" : "rare"));

it("gives each class equally often, and no row again before all of its class came", () => {
  const order = balanced(labels).order(100, Random.from(1));
  expect(order).toEqual(balanced(labels).order(100, Random.from(1)));
  const times = new Uint32Array(100);
  for (const row of order) times[row]!++;
  const sums = [times.subarray(0, 80), times.subarray(80, 98), times.subarray(98)].map((part) => ({
    sum: part.reduce((a, b) => a + b, 0),
    spread: Math.max(...part) - Math.min(...part),
  }));
  expect(sums.map(({ sum }) => sum).toSorted()).toEqual([33, 33, 34]);
  for (const { spread } of sums) expect(spread).toBeLessThanOrEqual(1);
});

it("wants a label for each row", () => {
  expect(() => balanced(labels).order(99, Random.from(1))).toThrow(/expected 99 labels, got 100/);
});
