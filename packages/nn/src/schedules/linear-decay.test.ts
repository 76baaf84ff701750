import { expect, it } from "vitest";
import { linearDecay } from "./linear-decay.ts";

it("rises through the warm-up, then takes its shape", () => {
  const schedule = linearDecay({ warmUpSteps: 4 });
  expect([0, 1, 2, 3].map((step) => schedule(step, 104))).toEqual([0.25, 0.5, 0.75, 1]);
  expect(schedule(4, 104)).toBe(1);
  expect(schedule(54, 104)).toBeCloseTo(0.5, 12);
  expect(schedule(104, 104)).toBeCloseTo(0, 12);
});
