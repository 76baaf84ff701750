import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { bootstrapInterval } from "./bootstrap-interval.ts";

const random = Random.from(9);
const right = Array.from({ length: 400 }, () => random.uniform() < 0.8);
const share = (rows: Int32Array) => rows.filter((row) => right[row]).length / rows.length;

it("is as wide as the normal approximation of a share", () => {
  const { value, low, high } = bootstrapInterval(400, share, { seed: 1 });
  const half = 1.96 * Math.sqrt((value * (1 - value)) / 400);
  expect(low).toBeCloseTo(value - half, 1.5);
  expect(high).toBeCloseTo(value + half, 1.5);
});

it("gives the same for the same seed, and is wider with more confidence", () => {
  const narrow = bootstrapInterval(400, share, { seed: 2, confidence: 0.5 });
  expect(bootstrapInterval(400, share, { seed: 2, confidence: 0.5 })).toEqual(narrow);
  const wide = bootstrapInterval(400, share, { seed: 2, confidence: 0.99 });
  expect(wide.high - wide.low).toBeGreaterThan(2 * (narrow.high - narrow.low));
});
