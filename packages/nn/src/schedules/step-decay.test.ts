import { expect, it } from "vitest";
import { stepDecay } from "./step-decay.ts";

it("rises through the warm-up, then falls at its edges", () => {
  const schedule = stepDecay({ warmUpSteps: 4, at: [0.5, 0.8], factor: 0.5 });
  expect([0, 1, 2, 3].map((step) => schedule(step, 104))).toEqual([0.25, 0.5, 0.75, 1]);
  expect([4, 53, 54, 83, 84, 103].map((step) => schedule(step, 104))).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25]);
});
