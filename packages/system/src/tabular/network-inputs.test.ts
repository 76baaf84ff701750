import { float32 } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { expect, it } from "vitest";
import { fitNetworkInputs, networkFeeds, networkInputsToOnnx } from "./network-inputs.ts";

const missing = Number.NaN;
const x = float32([1, 0, missing, 3, 2, 5, 5, missing, 7], [3, 3]);

it("puts numbers by their ranks, tells what is missing, and counts categories from 1", async () => {
  const inputs = await fitNetworkInputs(x, [1]);
  expect(inputs.counts).toEqual([4]);
  const { numbers, categories } = networkFeeds(inputs, x);
  expect(numbers!.shape).toEqual([3, 3]);
  // Ends stand for the outermost ranks, the median for what is missing.
  expect(Array.from(numbers!.data as Float32Array, (value) => Number(value.toFixed(1)))).toEqual([
    -5.2, 0, 1, 0, -5.2, 0, 5.2, 5.2, 0,
  ]);
  expect(categories!.data).toEqual(BigInt64Array.of(1n, 3n, 0n));
});

it("does the same in a graph", async () => {
  const inputs = await fitNetworkInputs(x, [1]);
  const g = new GraphBuilder();
  for (const [name, value] of Object.entries(networkInputsToOnnx(inputs, g, g.input("x", "float32", ["batch", 3]))))
    g.output(name, value);
  await using session = await openSession(writeModel(g.build()));
  const { numbers, categories } = await session.run({ x });
  const expected = networkFeeds(inputs, x);
  for (const [i, value] of expected.numbers!.data.entries()) expect(numbers!.data[i]).toBeCloseTo(Number(value), 4);
  expect(categories!.data).toEqual(expected.categories!.data);
});
