import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { scored } from "../testing/scored.ts";
import { calinskiHarabasz } from "./calinski-harabasz.ts";

it("is scikit-learn's", () => {
  const { recorded, truth } = scored();
  expect(calinskiHarabasz(matrixFrom(recorded.points! as never), truth)).toBeCloseTo(recorded.calinskiHarabasz!, 10);
});

it("refuses a single cluster", () => {
  expect(() => calinskiHarabasz(matrixFrom([[1], [2]]), ["a", "a"])).toThrow(
    expect.objectContaining({ code: "ml/one-class" }),
  );
});
