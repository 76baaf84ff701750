import { float32, Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { matrixProducts } from "./matrix-products.ts";

type Build = (g: GraphBuilder, input: (shape: readonly number[]) => Value) => Value;

async function left(build: Build, dtype: "float32" | "float64" = "float32"): Promise<readonly string[]> {
  const g = new GraphBuilder();
  const random = Random.from(8);
  const feeds: Record<string, Tensor> = {};
  const input = (shape: readonly number[]) => {
    const name = `in${Object.keys(feeds).length}`;
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
    feeds[name] = new Tensor(dtype, (dtype === "float32" ? Float32Array : Float64Array).from(values), shape) as Tensor;
    return g.input(name, dtype, shape);
  };
  g.output("y", build(g, input));
  return operatorsOf(await checkRewrite(g.build(), matrixProducts, feeds));
}

describe("matrixProducts", () => {
  it.each<[string, Build, readonly string[]]>([
    ["A Bᵀ", (g, i) => g.matMul(i([2, 3]), g.transpose(i([4, 3]))), ["Gemm"]],
    ["Aᵀ Bᵀ", (g, i) => g.matMul(g.transpose(i([3, 2])), g.transpose(i([4, 3]))), ["Gemm"]],
    ["(Aᵀ B)ᵀ", (g, i) => g.transpose(g.matMul(g.transpose(i([3, 2])), i([3, 4]))), ["Gemm"]],
    ["A B + c", (g, i) => g.add(g.matMul(i([2, 3]), i([3, 4])), i([4])), ["Gemm"]],
    ["c + A B", (g, i) => g.add(i([2, 1]), g.matMul(i([2, 3]), i([3, 4]))), ["Gemm"]],
    ["A B + C D", (g, i) => g.add(g.matMul(i([2, 3]), i([3, 4])), g.matMul(i([2, 3]), i([3, 4]))), ["MatMul", "Gemm"]],
    ["2 (A Bᵀ) + c", (g, i) => g.add(g.mul(g.matMul(i([2, 3]), g.transpose(i([4, 3]))), 2), i([4])), ["Gemm"]],
    ["(A / 4) B", (g, i) => g.matMul(g.div(i([2, 3]), 4), i([3, 4])), ["Gemm"]],
    ["stacks A Bᵀ", (g, i) => g.matMul(i([5, 2, 3]), g.transpose(i([5, 4, 3]), [0, 2, 1])), ["FusedMatMul"]],
    ["a stack A Bᵀ / 8", (g, i) => g.div(g.matMul(i([5, 2, 3]), g.transpose(i([4, 3]))), 8), ["FusedMatMul"]],
    ["a transposed stack", (g, i) => g.transpose(g.matMul(i([5, 2, 3]), i([5, 3, 4])), [0, 2, 1]), ["FusedMatMul"]],
  ])("gathers %s into one product", async (_, build, expected) => {
    expect(await left(build)).toEqual(expected);
  });

  it("gathers matrices in double precision", async () => {
    expect(await left((g, i) => g.add(g.matMul(i([2, 3]), g.transpose(i([4, 3]))), i([4])), "float64")).toEqual([
      "Gemm",
    ]);
  });

  it.each<[string, Build]>([
    ["a plain product", (g, i) => g.matMul(i([2, 3]), i([3, 4]))],
    ["another permutation", (g, i) => g.matMul(g.transpose(i([2, 5, 3]), [1, 0, 2]), i([5, 3, 4]))],
    ["an addend that stretches the product", (g, i) => g.add(g.matMul(i([1, 3]), i([3, 4])), i([2, 4]))],
    ["an addend to a stack", (g, i) => g.add(g.matMul(i([5, 2, 3]), i([3, 4])), i([4]))],
    ["a product of vectors", (g, i) => g.mul(g.matMul(i([3]), i([3])), 2)],
    ["a factor a row", (g, i) => g.mul(g.matMul(i([2, 3]), i([3, 4])), i([2, 1]))],
  ])("leaves %s", async (_, build) => {
    const operators = await left(build);
    expect(operators).not.toContain("Gemm");
    expect(operators).not.toContain("FusedMatMul");
  });

  it("leaves stacks in double precision, for which the runtime has no fused product", async () => {
    const build: Build = (g, i) => g.matMul(i([5, 2, 3]), g.transpose(i([5, 4, 3]), [0, 2, 1]));
    expect(await left(build, "float64")).toEqual(["Transpose", "MatMul"]);
  });

  it("does not compute a product twice for two readers", async () => {
    const build: Build = (g, i) => {
      const product = g.matMul(i([2, 3]), i([3, 4]));
      return g.mul(g.add(product, i([4])), g.exp(product));
    };
    expect(await left(build)).toEqual(["MatMul", "Add", "Exp", "Mul"]);
  });

  it("declares the domain of an operator that it brings in", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2, 2, 2]);
    g.output("y", g.matMul(x, g.transpose(x, [0, 2, 1])));
    const feeds = { x: float32([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]) };
    const { opsets } = await checkRewrite(g.build(), matrixProducts, feeds);
    expect(opsets).toMatchObject({ "com.microsoft": 1 });
  });
});
