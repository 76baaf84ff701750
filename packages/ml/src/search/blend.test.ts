import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { blend } from "./blend.ts";

const random = Random.from(2);
const truth = Float64Array.from({ length: 400 }, () => random.normal());
const noisy = (scale: number) => truth.map((value) => value + scale * random.normal());
const rankOf = (predicted: Float64Array) =>
  -predicted.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length;

it("is better than the best of its members, and leaves out the bad", () => {
  const members = [noisy(1), noisy(1), noisy(5)];
  const { weights, rank } = blend(members, rankOf);
  expect(rank).toBeGreaterThan(1.5 * Math.max(...members.map(rankOf)));
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(weights[2]).toBeLessThan(0.1);
});

it("keeps the best alone when others only hurt", () => {
  expect(blend([truth.slice(), noisy(1)], rankOf).weights).toEqual([1, 0]);
});

it("takes no more members than it may", () => {
  const members = Array.from({ length: 6 }, () => noisy(1));
  const { weights } = blend(members, rankOf, { most: 2 });
  expect(weights.filter((weight) => weight > 0)).toHaveLength(2);
});
