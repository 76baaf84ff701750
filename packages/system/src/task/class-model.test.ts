import { expect, it } from "vitest";
import { classEvaluation } from "./class-model.ts";

it("measures labels by the most probable class, and names one that was not learned", () => {
  const { metrics } = classEvaluation(["a", "b", "b"], [0.9, 0.1, 0.6, 0.4, 0.2, 0.8], ["a", "b"]);
  expect(metrics.accuracy).toBeCloseTo(2 / 3);
  expect(() => classEvaluation(["c"], [1, 0], ["a", "b"])).toThrow(
    expect.objectContaining({ code: "task/unknown-class", details: { label: "c", classes: ["a", "b"] } }),
  );
});
