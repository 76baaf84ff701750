import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { scored } from "../testing/scored.ts";
import { silhouette } from "./silhouette.ts";

it("agrees with scikit-learn", () => {
  const { recorded, truth } = scored();
  expect(silhouette(matrixFrom(recorded.points!), truth)).toBeCloseTo(recorded.silhouette!, 12);
});

it("gives 0 for samples alone in their clusters", () => {
  expect(silhouette(matrixFrom([[1], [2]]), ["a", "b"])).toBe(0);
});
