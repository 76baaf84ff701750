import { float32, Random, sizeOf, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { inferTypes } from "../graph/infer-types.ts";
import type { Dim, Model } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { earlySelection } from "./early-selection.ts";

const random = Random.from(12);
const drawn = (...shape: number[]): Tensor<"float32"> =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );
const [batch, tokens, heads, width] = [3, 5, 2, 8];

type Build = (g: GraphBuilder, x: Value) => Value;
const modelOf = (build: Build, shape: readonly Dim[] = [batch, tokens, width]): Model => {
  const g = new GraphBuilder();
  g.output("y", build(g, g.input("x", "float32", shape)));
  return g.build();
};
const feeds = { x: drawn(batch, tokens, width) };

/** How many numbers the results of an operator hold. */
const sizes = (model: Model, operator: string): readonly number[] => {
  const types = inferTypes(model.graph);
  return model.graph.nodes
    .filter(({ op }) => op === operator)
    .map(({ outputs }) => sizeOf(types.get(outputs[0]!)!.shape as readonly number[]));
};

const integers = (g: GraphBuilder, ...values: number[]) => g.constant(values, "int64");
const first: Build = (g, x) => g.op("Slice", [x, integers(g, 0), integers(g, 1), integers(g, 1)]);
const last: Build = (g, x) => g.gather(x, g.constant(-1, "int64"), 1);
const norm: Build = (g, x) =>
  g.op("LayerNormalization", [x, g.constant(drawn(width)), g.constant(drawn(width))], { axis: -1 });
const rows: Build = (g, x) => g.reshape(x, [batch * tokens, width]);
const stack: Build = (g, x) => g.reshape(x, [batch, tokens, width]);

/** A layer of a Transformer over rows `[batch × tokens, width]`. */
const layer: Build = (g, x) => {
  const linear = (of: Value) => g.op("Gemm", [of, g.constant(drawn(width, width)), g.constant(drawn(width))]);
  const split = (of: Value) => g.transpose(g.reshape(of, [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const [q, k, v] = [split(linear(x)), split(linear(x)), split(linear(x))];
  const mixed = g.matMul(g.softmax(matrixProduct(g, q, k, { transB: true, alpha: 0.5 })), v);
  const attended = norm(g, g.add(x, linear(rows(g, g.transpose(mixed, [0, 2, 1, 3])))));
  return norm(g, g.add(attended, linear(g.op("Gelu", [linear(attended)]))));
};

describe("earlySelection", () => {
  it("computes the last layer of a Transformer for the token that is read, but for keys and values", async () => {
    const before = modelOf((g, x) => first(g, stack(g, layer(g, layer(g, rows(g, x))))));
    const after = await checkRewrite(before, earlySelection, feeds, 1e-4);
    const [all, one] = [batch * tokens * width, batch * width];
    expect(sizes(after, "Gemm").toSorted((a, b) => a - b)).toEqual([...Array(4).fill(one), ...Array(8).fill(all)]);
    expect(sizes(after, "Gelu")).toEqual([all, one]);
    expect(sizes(after, "Softmax")).toEqual([batch * heads * tokens * tokens, batch * heads * tokens]);
    expect(await earlySelection(after)).toBe(after);
  });

  it.each<[string, Build]>([
    ["a place that is gathered alone", (g, x) => last(g, g.relu(g.matMul(x, g.constant(drawn(width, 4)))))],
    ["places in another order", (g, x) => g.gather(g.relu(norm(g, x)), integers(g, 3, 0, 3), 1)],
    [
      "a broadcast along the axis and across it",
      (g, x) => first(g, g.add(g.mul(x, drawnAs(g, tokens, 1)), drawnAs(g, width))),
    ],
    [
      "views of more and fewer axes",
      (g, x) => first(g, g.op("Squeeze", [g.exp(g.op("Unsqueeze", [g.tanh(x), integers(g, 0)])), integers(g, 0)])),
    ],
    ["a softmax over another axis", (g, x) => first(g, g.softmax(g.tanh(x), -1))],
    ["two readers of one part", (g, x) => g.add(first(g, norm(g, x)), first(g, g.exp(g.relu(x))))],
  ])("keeps what %s gives", async (_, build) => {
    await checkRewrite(modelOf(build), earlySelection, feeds);
  });

  it("works over a batch of unknown length", async () => {
    const build: Build = (g, x) => {
      const flat = g.reshape(norm(g, x), [-1, width]);
      return last(g, g.reshape(g.relu(g.matMul(flat, g.constant(drawn(width, width)))), [-1, tokens, width]));
    };
    const after = await checkRewrite(modelOf(build, ["batch", tokens, width]), earlySelection, feeds);
    expect(operatorsOf(after).indexOf("Gather")).toBeLessThan(operatorsOf(after).indexOf("LayerNormalization"));
  });

  it.each<[string, Build]>([
    ["a sum along the axis", (g, x) => first(g, g.op("CumSum", [x, g.constant(1, "int64")]))],
    ["a softmax along the axis", (g, x) => first(g, g.softmax(x, 1))],
    ["a selection of an input", (g, x) => g.relu(first(g, x))],
    ["two parts of one value", (g, x) => twoParts(g, g.relu(x))],
  ])("leaves %s", async (_, build) => {
    const model = modelOf(build);
    expect(await earlySelection(model)).toBe(model);
  });

  it("leaves a value that is also read whole", async () => {
    const model = modelOf((g, x) => {
      const y = g.relu(x);
      return g.add(first(g, y), y);
    });
    expect(await earlySelection(model)).toBe(model);
  });
});

const twoParts: Build = (g, y) => g.add(first(g, y), last(g, y));

function drawnAs(g: GraphBuilder, ...shape: number[]): Value {
  return g.constant(drawn(...shape));
}
