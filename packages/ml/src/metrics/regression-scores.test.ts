import { expect, it } from "vitest";
import { regressionScores } from "./regression-scores.ts";

it("measures the distance from the truth", () => {
  const { rmse, mae, r2 } = regressionScores([1, 2, 3, 6], [1, 2, 5, 4]);
  expect([rmse, mae]).toEqual([Math.SQRT2, 1]);
  expect(r2).toBeCloseTo(1 - 8 / 14, 12);
});
