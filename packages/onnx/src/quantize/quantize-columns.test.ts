import { expect, it } from "vitest";
import { quantizeColumns } from "./quantize-columns.ts";

it("gives each column its own scale, and its largest weight the largest whole number of seven bits", () => {
  const { whole, scales, rounded } = quantizeColumns({
    rows: 2,
    columns: 3,
    data: Float32Array.of(63, -0.5, 0, -31.4, 1, 0),
  });
  expect([...whole]).toEqual([63, -31, 0, -31, 63, 0]);
  expect([...scales]).toEqual([1, Math.fround(1 / 63), 1]);
  expect(rounded.data[0]).toBe(63);
  expect(rounded.data[3]).toBe(-31);
});
