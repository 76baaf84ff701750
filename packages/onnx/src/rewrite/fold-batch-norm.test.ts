import { float32, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { foldBatchNorm } from "./fold-batch-norm.ts";
import { unfoldBatchNorm } from "./unfold-batch-norm.ts";

const random = Random.from(5);
const drawn = (...shape: number[]): Tensor<"float32"> =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const positive = (length: number) => float32(Float32Array.from({ length }, () => 0.5 + random.uniform()));
const norm = (g: GraphBuilder, x: Value, channels: number) => {
  const parts = [drawn(channels), drawn(channels), drawn(channels), positive(channels)];
  return g.op("BatchNormalization", [x, ...parts.map((part) => g.constant(part))]);
};
const images = { x: drawn(2, 4, 5, 5) };
const rows = { x: drawn(3, 4) };
const fold = async (feeds: { x: Tensor }, build: (g: GraphBuilder, x: Value) => Value) => {
  const g = new GraphBuilder();
  g.output("y", build(g, g.input("x", "float32", feeds.x.shape)));
  return operatorsOf(await checkRewrite(g.build(), foldBatchNorm, feeds));
};

describe("foldBatchNorm", () => {
  it("folds into a convolution, with and without a bias, and into groups", async () => {
    const conv = (g: GraphBuilder, x: Value, group: number, ...bias: Tensor[]) =>
      g.op("Conv", [x, g.constant(drawn(6, 4 / group, 3, 3)), ...bias.map((b) => g.constant(b))], { group });
    expect(await fold(images, (g, x) => norm(g, conv(g, x, 1), 6))).toEqual(["Conv"]);
    expect(await fold(images, (g, x) => norm(g, conv(g, x, 2, drawn(6)), 6))).toEqual(["Conv"]);
  });

  it("folds into a transposed convolution and a product", async () => {
    const weight = (...shape: number[]) => drawn(...shape);
    expect(
      await fold(images, (g, x) => norm(g, g.op("ConvTranspose", [x, g.constant(weight(4, 6, 3, 3))]), 6)),
    ).toEqual(["ConvTranspose"]);
    expect(await fold(rows, (g, x) => norm(g, g.op("Gemm", [x, g.constant(weight(4, 6))]), 6))).toEqual(["Gemm"]);
    expect(
      await fold(rows, (g, x) =>
        norm(g, g.op("Gemm", [x, g.constant(weight(6, 4)), g.constant(drawn(6))], { transB: 1 }), 6),
      ),
    ).toEqual(["Gemm"]);
  });

  it("leaves a convolution that something else reads", async () => {
    const build = (g: GraphBuilder, x: Value) => {
      const y = g.op("Conv", [x, g.constant(drawn(6, 4, 3, 3))]);
      return g.add(norm(g, y, 6), y);
    };
    expect(await fold(images, build)).toEqual(["Conv", "BatchNormalization", "Add"]);
  });

  it("leaves weights that are fed", () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", [2, 4, 5, 5]), g.input("w", "float32", [6, 4, 3, 3])];
    g.output("y", norm(g, g.op("Conv", [x, w]), 6));
    const model = g.build();
    expect(foldBatchNorm(model)).toBe(model);
  });
});

describe("unfoldBatchNorm", () => {
  const folded = () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2, 4, 5, 5]);
    const first = g.relu(g.op("Conv", [x, g.constant(drawn(6, 4, 3, 3))], {}, { name: "first" }));
    g.output("y", g.op("Conv", [first, g.constant(drawn(3, 6, 3, 3))], {}, { name: "second" }));
    return g.build();
  };

  it("puts one after each convolution, changes nothing, and is undone by folding", async () => {
    const model = folded();
    const after = await checkRewrite(model, unfoldBatchNorm(), images);
    expect(operatorsOf(after)).toEqual(["Conv", "BatchNormalization", "Relu", "Conv", "BatchNormalization"]);
    expect(unfoldBatchNorm()(after)).toBe(after);
    expect(operatorsOf(await checkRewrite(after, foldBatchNorm, images))).toEqual(operatorsOf(model));
  });

  it("chooses convolutions", async () => {
    const after = await checkRewrite(folded(), unfoldBatchNorm({ where: ({ name }) => name === "second" }), images);
    expect(operatorsOf(after)).toEqual(["Conv", "Relu", "Conv", "BatchNormalization"]);
  });

  it("gives weights that receive a gradient", () => {
    const g = GraphBuilder.from(unfoldBatchNorm()(folded()));
    const loss = g.reduceSum(g.exp(g.value("y")));
    const names = ["scale", "shift"].map((part) => `first_out_${part}`);
    const gradients = gradient(
      g,
      loss,
      names.map((name) => g.value(name)),
    );
    expect(gradients.map(({ shape }) => shape)).toEqual([[6], [6]]);
  });
});
