import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { leadingEigen } from "./leading-eigen.ts";
import { svd } from "./svd.ts";

/** A random symmetric matrix with given eigenvalues. */
function symmetric(values: readonly number[]): Float64Array {
  const n = values.length;
  const random = Random.from(2);
  const { right } = svd(Array.from({ length: n }, () => Float64Array.from({ length: n }, () => random.normal())));
  return Float64Array.from({ length: n * n }, (_, i) =>
    values.reduce((sum, value, k) => sum + value * right[k]![Math.floor(i / n)]! * right[k]![i % n]!, 0),
  );
}

it.each([
  ["falling", Array.from({ length: 90 }, (_, k) => 0.9 ** k)],
  ["shared by several vectors", Array.from({ length: 90 }, (_, k) => (k < 4 ? 5 : k < 8 ? 3 : 1))],
  ["zero but for a few", Array.from({ length: 90 }, (_, k) => (k < 3 ? 3 - k : 0))],
])("finds eigenvalues that are %s, with vectors at right angles", (_, values) => {
  const n = values.length;
  const matrix = symmetric(values);
  const found = leadingEigen(matrix, n, 8);
  for (const [k, vector] of found.vectors.entries()) {
    expect(found.values[k]).toBeCloseTo(values[k]!, 10);
    for (let i = 0; i < n; i++) {
      const moved = vector.reduce((sum, each, j) => sum + matrix[i * n + j]! * each, 0);
      expect(moved).toBeCloseTo(found.values[k]! * vector[i]!, 8);
    }
    for (const [l, other] of found.vectors.entries())
      expect(vector.reduce((sum, each, i) => sum + each * other[i]!, 0)).toBeCloseTo(Number(k === l), 10);
  }
});
