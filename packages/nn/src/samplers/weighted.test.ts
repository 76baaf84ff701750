import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { weighted } from "./weighted.ts";

it("draws rows in proportion to their weights, and never one without", () => {
  const weights = Array.from({ length: 4000 }, (_, i) => i % 4);
  const order = weighted(weights).order(4000, Random.from(1));
  expect(order).toEqual(weighted(weights).order(4000, Random.from(1)));
  const shares = [0, 0, 0, 0];
  for (const row of order) shares[row % 4]! += 1 / 4000;
  expect(shares[0]).toBe(0);
  for (const k of [1, 2, 3]) expect(Math.abs(shares[k]! - k / 6)).toBeLessThan(0.03);
});

it("refuses weights that are none", () => {
  expect(() => weighted([1, Number.NaN])).toThrow(/got NaN for row 1/);
  expect(() => weighted([0, 0])).toThrow(/a weight above 0/);
  expect(() => weighted([1]).order(2, Random.from(1))).toThrow(/expected 2 weights, got 1/);
});
