import { expect, it } from "vitest";
import { RowCollector } from "./collect-rows.ts";

it("sums gradients by row and forgets the step before", () => {
  const sink = { sums: new Float32Array(8), width: 2, touched: new Int32Array(5) };
  const collector = new RowCollector(sink);
  const use = (rows: readonly number[], gradients: readonly number[]) => ({
    rows: Int32Array.from(rows),
    gradients: Float32Array.from(gradients),
  });
  collector.collect([use([3, 1, 3], [1, 2, 3, 4, 5, 6]), use([1], [10, 20])]);
  expect(Array.from(sink.touched.subarray(0, 3))).toEqual([2, 3, 1]);
  expect(Array.from(sink.sums)).toEqual([0, 0, 13, 24, 0, 0, 6, 8]);
  collector.collect([use([3], [1, 1])]);
  expect(Array.from(sink.touched.subarray(0, 2))).toEqual([1, 3]);
  expect(Array.from(sink.sums.subarray(6))).toEqual([1, 1]);
});
