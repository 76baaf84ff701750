import { expect, it } from "vitest";
import { minimum } from "./minimum.ts";

it.each([
  ["inside the bracket", (x: number) => (x - 0.3) ** 2, 0.3],
  ["far above it", (x: number) => Math.cosh(x - 37), 37],
  ["far below it", (x: number) => Math.abs(x + 12.25) ** 1.5, -12.25],
])("finds the lowest point %s", (_, f, at) => {
  expect(minimum(f, [-2, 2])).toBeCloseTo(at, 5);
});
