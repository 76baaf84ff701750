import { expect, it } from "vitest";
import { RowCollector } from "./collect-rows.ts";

const use = (rows: readonly number[], gradients: readonly number[]) => ({
  rows: Int32Array.from(rows),
  gradients: Float32Array.from(gradients),
});
const sinkOf = (rows: number) => ({
  sums: new Float32Array(2 * rows),
  width: 2,
  touched: new Int32Array(1 + rows),
});

it("sums gradients by row and forgets the step before", () => {
  const sink = sinkOf(4);
  const collector = new RowCollector(sink);
  collector.take([use([3, 1, 3], [1, 2, 3, 4, 5, 6]), use([1], [10, 20])]);
  expect(Array.from(sink.touched.subarray(0, 3))).toEqual([2, 1, 3]);
  collector.sum(0, 1);
  expect(Array.from(sink.sums)).toEqual([0, 0, 13, 24, 0, 0, 0, 0]);
  collector.sum(1, 2);
  expect(Array.from(sink.sums)).toEqual([0, 0, 13, 24, 0, 0, 6, 8]);
  collector.take([use([3], [1, 1])]);
  collector.sum(0, collector.count);
  expect(Array.from(sink.touched.subarray(0, 2))).toEqual([1, 3]);
  expect(Array.from(sink.sums.subarray(6))).toEqual([1, 1]);
});

it("adds further batches to the sums, and lists all rows in order", () => {
  const sink = sinkOf(100);
  const collector = new RowCollector(sink);
  collector.take([use([63, 31], [1, 1, 2, 2])]);
  collector.sum(0, collector.count);
  collector.add([use([31, 99, 0, 32], [1, 0, 3, 3, 4, 4, 5, 5])]);
  expect(Array.from(sink.touched.subarray(0, 6))).toEqual([5, 0, 31, 32, 63, 99]);
  expect([0, 31, 32, 63, 99].map((row) => sink.sums[2 * row])).toEqual([4, 3, 5, 1, 3]);
  expect(collector.squares()).toBe(2 * (16 + 25 + 1 + 9) + 9 + 4);
});

it("goes on with sums that were made elsewhere", () => {
  const sink = sinkOf(40);
  sink.sums.set([7, 7], 2 * 33);
  sink.touched.set([1, 33]);
  const collector = new RowCollector(sink);
  collector.resume();
  collector.add([use([33, 2], [1, 1, 5, 5])]);
  expect(Array.from(sink.touched.subarray(0, 3))).toEqual([2, 2, 33]);
  expect(Array.from(sink.sums.subarray(66, 68))).toEqual([8, 8]);
});
