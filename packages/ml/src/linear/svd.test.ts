import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { dot, svd } from "./svd.ts";

const columnsOf = (rows: number, count: number, seed: number) => {
  const random = Random.from(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => random.normal()));
};

describe("svd", () => {
  it.each([
    ["tall", columnsOf(9, 4, 1)],
    ["wide", columnsOf(3, 6, 2)],
    ["of rank one", [1, 2, -1].map((scale) => Float64Array.of(scale, 2 * scale, 0))],
    ["all zero", [new Float64Array(3), new Float64Array(3)]],
  ])("gives back a matrix that is %s, with orthogonal right vectors", (_, columns) => {
    const { left, values, right } = svd(columns);
    for (const [j, column] of columns.entries())
      for (const [row, value] of column.entries())
        expect(left.reduce((sum, u, i) => sum + values[i]! * u[row]! * right[i]![j]!, 0)).toBeCloseTo(value, 12);
    for (const [i, a] of right.entries())
      for (const [j, b] of right.entries()) expect(dot(a, b)).toBeCloseTo(Number(i === j), 12);
    expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => b - a));
  });
});
