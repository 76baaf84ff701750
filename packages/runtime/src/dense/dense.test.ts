import { float32, float64, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { covariance, kernelRows, type Metric, matMul, nearest, pairwiseDistances, topK } from "./index.ts";

const random = Random.from(3);
const rows = (count: number, features: number) =>
  Array.from({ length: count }, () => Array.from({ length: features }, () => random.normal()));
const tensors = { float32, float64 } as const;
const [a, b] = [rows(5, 7), rows(4, 7)];
const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, each, i) => sum + each * y[i]!, 0);
const squared = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, each, i) => sum + (each - y[i]!) ** 2, 0);
const cosine = (x: readonly number[], y: readonly number[]) => 1 - dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
const apart: Record<Metric, (x: readonly number[], y: readonly number[]) => number> = {
  euclidean: (x, y) => Math.sqrt(squared(x, y)),
  squared,
  cosine,
};

function expectClose(actual: Tensor, expected: readonly (readonly number[])[]): void {
  expect(actual.shape).toEqual([expected.length, expected[0]!.length]);
  const digits = actual.dtype === "float64" ? 12 : 5;
  for (const [k, each] of expected.flat().entries()) expect(Number(actual.data[k])).toBeCloseTo(each, digits);
}

describe.each(["float32", "float64"] as const)("dense %s", (dtype) => {
  const tensor = (values: readonly (readonly number[])[]) =>
    tensors[dtype](values.flat(), [values.length, values[0]!.length]);

  it("multiplies matrices", async () => {
    const transposed = a[0]!.map((_, j) => a.map((row) => row[j]!));
    expectClose(
      await matMul(tensor(b), tensor(transposed)),
      b.map((x) => a.map((y) => dot(x, y))),
    );
  });

  it.each(["euclidean", "squared", "cosine"] as const)(
    "measures %s distances, and finds the nearest",
    async (metric) => {
      const expected = a.map((x) => b.map((y) => apart[metric](x, y)));
      expectClose(await pairwiseDistances(tensor(a), tensor(b), metric), expected);
      const { values, indices } = await nearest(tensor(a), tensor(b), 2, metric);
      const order = expected.map((row) => [...row.keys()].sort((i, j) => row[i]! - row[j]!).slice(0, 2));
      expect(Array.from(indices.data as BigInt64Array, Number)).toEqual(order.flat());
      expectClose(
        values,
        order.map((best, i) => best.map((k) => expected[i]![k]!)),
      );
    },
  );

  it.each([
    ["linear", (x: readonly number[], y: readonly number[]) => dot(x, y)],
    ["poly", (x: readonly number[], y: readonly number[]) => (0.5 * dot(x, y) + 2) ** 3],
    ["rbf", (x: readonly number[], y: readonly number[]) => Math.exp(-0.5 * squared(x, y))],
  ] as const)("computes rows of the %s kernel", async (kernel, of) => {
    const options = { kernel, gamma: 0.5, coef0: 2 };
    const actual = await kernelRows(tensor(a), tensor(b), options);
    const expected = a.map((x) => b.map((y) => of(x, y)));
    const scale = Math.max(...expected.flat().map(Math.abs), 1);
    for (const [k, each] of expected.flat().entries())
      expect(Math.abs(Number(actual.data[k]) - each) / scale).toBeLessThan(dtype === "float64" ? 1e-13 : 1e-6);
  });

  it("takes covariances", async () => {
    const mean = a[0]!.map((_, j) => a.reduce((sum, row) => sum + row[j]!, 0) / a.length);
    const of = (ddof: number) =>
      mean.map((m, i) =>
        mean.map((n, j) => a.reduce((sum, row) => sum + (row[i]! - m) * (row[j]! - n), 0) / (a.length - ddof)),
      );
    const sample = await covariance(tensor(a));
    expectClose(sample.covariance, of(1));
    for (const [j, each] of mean.entries()) expect(Number(sample.mean.data[j])).toBeCloseTo(each, 5);
    expectClose((await covariance(tensor(a), { ddof: 0 })).covariance, of(0));
  });
});

describe("dense", () => {
  it("takes covariances of many columns by panels", async () => {
    const x = rows(9, 150);
    const { covariance: found } = await covariance(float64(x.flat(), [9, 150]));
    const mean = x[0]!.map((_, j) => x.reduce((sum, row) => sum + row[j]!, 0) / 9);
    const of = (i: number, j: number) =>
      x.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / 8;
    expectClose(
      found,
      mean.map((_, i) => mean.map((_, j) => of(i, j))),
    );
  });

  it("keeps the digits of close points far from the origin", async () => {
    const [x, y] = [float32([10_000, 10_000], [1, 2]), float32([10_000.25, 10_000], [1, 2])];
    expect((await pairwiseDistances(x, y)).data[0]).toBe(0.25);
    expect((await pairwiseDistances(x, x)).data[0]).toBe(0);
  });

  it("ranks along the last axis, from either end", async () => {
    const x = float32([3, 1, 2, 5, 5, 4], [2, 3]);
    const largest = await topK(x, 2);
    expect([
      Array.from(largest.values.data as Float32Array),
      Array.from(largest.indices.data as BigInt64Array),
    ]).toEqual([
      [3, 2, 5, 5],
      [0n, 2n, 0n, 1n],
    ]);
    const smallest = await topK(x, 1, { largest: false });
    expect(Array.from(smallest.values.data as Float32Array)).toEqual([1, 4]);
  });

  it("puts a row of zeros at cosine distance one", async () => {
    expect((await pairwiseDistances(float32([0, 0], [1, 2]), float32([1, 2], [1, 2]), "cosine")).data[0]).toBe(1);
  });

  it("names both shapes, and the line that asked", async () => {
    await expect(pairwiseDistances(float32([1, 2], [1, 2]), float32([1, 2, 3], [1, 3]))).rejects.toMatchObject({
      code: "onnx/shape",
      details: { shapes: ["[1, 2]", "[3, 1]"], at: expect.stringContaining("dense.test.ts:") },
    });
  });
});
