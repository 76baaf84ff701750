import { expect, it } from "vitest";
import { quantizeColumns, roundedColumns } from "./quantize-columns.ts";

it("gives each column its own scale, and its largest weight the largest whole number of seven bits", () => {
  const quantized = quantizeColumns({
    rows: 2,
    columns: 3,
    data: Float32Array.of(63, -0.5, 0, -31.4, 1, 0),
  });
  const { whole, scales } = quantized;
  expect([...whole]).toEqual([63, -31, 0, -31, 63, 0]);
  expect([...scales]).toEqual([1, Math.fround(1 / 63), 1]);
  expect([...roundedColumns(quantized).data].map((weight) => Math.round(weight * 63))).toEqual([
    63 * 63,
    -31,
    0,
    -31 * 63,
    63,
    0,
  ]);
});
