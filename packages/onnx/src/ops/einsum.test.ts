import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type OpSample } from "../testing/check-op.ts";
import { einsum } from "./einsum.ts";

const sample = (equation: string, ...shapes: readonly (readonly number[])[]): OpSample => ({
  title: equation,
  inputs: shapes.map((shape) => ({ shape })),
  attributes: { equation },
});

checkOp(einsum, [
  sample("ij,jk->ik", [2, 3], [3, 4]),
  sample("ij,jk", [2, 3], [3, 4]),
  sample("bhqd,bhkd->bhqk", [2, 2, 3, 2], [2, 2, 4, 2]),
  sample("bij,bjk->bik", [2, 2, 3], [2, 3, 2]),
  sample("i,j->ij", [3], [2]),
  sample("ij->ji", [2, 3]),
  sample("ij->i", [2, 3]),
  sample("ij->", [2, 3]),
  sample("ij,ij->", [2, 3], [2, 3]),
  sample("ii->i", [3, 3]),
  sample("ii", [3, 3]),
  sample("bii->bi", [2, 3, 3]),
  sample("i,ij,j->", [2], [2, 3], [3]),
  sample("...ij,...jk->...ik", [2, 2, 3], [2, 3, 2]),
  sample("bij,bjk->bik", [1, 2, 3], [2, 3, 2]),
  sample("i...,i->...", [3, 2, 2], [3]),
  sample("ij , jk -> ki", [2, 3], [3, 2]),
  ...["ij,jk->ik", "ij->j", "ii->i", "ij,kj->k"].map((equation) => ({
    ...sample(equation, [3, 3], ...(equation.includes(",") ? [[3, 3]] : [])),
    title: `${equation} of an open length`,
    inputs: [{ shape: [3, 3], isOpen: true }, ...(equation.includes(",") ? [{ shape: [3, 3] }] : [])],
  })),
]);

describe("Einsum", () => {
  it("carries symbolic lengths", () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", ["batch", 3]), g.input("w", "float32", [4, 3])];
    expect(g.op("Einsum", [x, w], { equation: "bi,oi->bo" }).shape).toEqual(["batch", 4]);
  });

  it("refuses operands that do not fit", () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input("a", "float32", [2, 3]), g.input("b", "float32", [4, 5])];
    expect(() => g.op("Einsum", [a, b], { equation: "ij,jk->ik" })).toThrow(
      /operands that fit ij,jk->ik, got \[2, 3\] and \[4, 5\]/,
    );
  });
});
