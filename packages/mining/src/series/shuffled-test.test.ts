import { expect, it } from "vitest";
import { seasonScore, shuffledTest, stepScore } from "./shuffled-test.ts";

const noise = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * i * 1.7));
const options = { seed: 1, shuffles: 199 };

it("tells a season and a step from chance", async () => {
  const season = noise.map((value, i) => value + (i % 6 === 2 ? 4 : 0));
  const step = noise.map((value, i) => value + (i < 20 ? 0 : 3));
  const bySeason = (values: Float64Array) => seasonScore(values, 6);
  expect(await shuffledTest(season, bySeason, options)).toBe(1 / 200);
  expect(await shuffledTest(step, stepScore, options)).toBe(1 / 200);
  expect(await shuffledTest(noise, bySeason, options)).toBeGreaterThan(0.05);
  expect(await shuffledTest(noise, stepScore, options)).toBeGreaterThan(0.05);
});

it("scores what is all season, or all step, with 1, and what does not vary with 0", () => {
  expect(seasonScore(Float64Array.of(1, 2, 1, 2), 2)).toBeCloseTo(1, 12);
  expect(stepScore(Float64Array.of(1, 1, 5, 5, 5))).toBeCloseTo(1, 12);
  expect(seasonScore(Float64Array.of(3, 3, 3), 2) + stepScore(Float64Array.of(3, 3))).toBe(0);
});
