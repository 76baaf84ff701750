import { float32, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { matrixProducts } from "./matrix-products.ts";
import { rewrite } from "./rewrite.ts";
import { stackedProducts } from "./stacked-products.ts";

type Build = (g: GraphBuilder, input: (...shape: (number | "batch")[]) => Value) => Value;

async function left(build: Build): Promise<readonly string[]> {
  const g = new GraphBuilder();
  const random = Random.from(8);
  const feeds: Record<string, Tensor> = {};
  const input = (...shape: (number | "batch")[]) => {
    const name = `in${Object.keys(feeds).length}`;
    const lengths = shape.map((length) => (length === "batch" ? 2 : length));
    const size = lengths.reduce((a, b) => a * b, 1);
    feeds[name] = float32(
      Float32Array.from({ length: size }, () => random.normal()),
      lengths,
    );
    return g.input(name, "float32", shape);
  };
  g.output("y", build(g, input));
  const pass = (model: Parameters<typeof stackedProducts>[0]) => rewrite(model, [matrixProducts, stackedProducts]);
  return operatorsOf(await checkRewrite(g.build(), pass, feeds)).filter((op) => op !== "Reshape");
}

describe("stackedProducts", () => {
  it.each<[string, Build, readonly string[]]>([
    ["a bias", (g, i) => g.add(g.matMul(i(2, 3, 4), i(4, 5)), i(5)), ["Gemm"]],
    ["a bias in front", (g, i) => g.add(i(1, 1, 5), g.matMul(i(2, 3, 4), i(4, 5))), ["Gemm"]],
    ["a bias over an unknown batch", (g, i) => g.add(g.matMul(i("batch", 3, 4), i(4, 5)), i(5)), ["Gemm"]],
    ["a bias to a transposed weight", (g, i) => g.add(g.matMul(i(2, 3, 4), g.transpose(i(5, 4))), i(5)), ["Gemm"]],
    ["what has the product's shape", (g, i) => g.add(g.matMul(i(2, 3, 4), i(4, 5)), i(2, 3, 5)), ["Gemm"]],
    [
      "another product",
      (g, i) => g.add(g.matMul(i(2, 3, 4), i(4, 5)), g.matMul(i(2, 3, 4), i(4, 5))),
      ["MatMul", "Gemm"],
    ],
    [
      "sums of products one by one",
      (g, i) =>
        g.op(
          "Sum",
          [0, 1, 2].map(() => g.matMul(i(2, 3, 4), i(4, 5))),
        ),
      ["MatMul", "Gemm", "Gemm"],
    ],
  ])("adds %s into the product", async (_, build, expected) => {
    expect(await left(build)).toEqual(expected);
  });

  it.each<[string, Build]>([
    ["a product of two stacks", (g, i) => g.add(g.matMul(i(2, 3, 4), i(2, 4, 5)), i(5))],
    ["an addend a row", (g, i) => g.add(g.matMul(i(2, 3, 4), i(4, 5)), i(3, 1))],
    ["an addend that stretches the product", (g, i) => g.add(g.matMul(i(1, 3, 4), i(4, 5)), i(2, 3, 5))],
    [
      "a product that something else reads",
      (g, i) => {
        const product = g.matMul(i(2, 3, 4), i(4, 5));
        return g.mul(g.add(product, i(5)), product);
      },
    ],
  ])("leaves %s", async (_, build) => {
    expect(await left(build)).not.toContain("Gemm");
  });
});
