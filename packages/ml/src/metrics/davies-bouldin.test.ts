import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { scored } from "../testing/scored.ts";
import { daviesBouldin } from "./davies-bouldin.ts";

it("is scikit-learn's", () => {
  const { recorded, truth } = scored();
  expect(daviesBouldin(matrixFrom(recorded.points! as never), truth)).toBeCloseTo(recorded.daviesBouldin!, 10);
});

it("refuses a single cluster", () => {
  expect(() => daviesBouldin(matrixFrom([[1], [2]]), ["a", "a"])).toThrow(
    expect.objectContaining({ code: "ml/one-class" }),
  );
});
