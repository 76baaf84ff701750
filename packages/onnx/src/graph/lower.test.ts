import { float32, int64, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { openModel } from "../testing/run-model.ts";
import { GraphBuilder } from "./graph-builder.ts";
import { lower } from "./lower.ts";
import { readInstead } from "./stand-in.ts";

describe("lower", () => {
  it("computes equal things once, draws random numbers apart, and leaves out what nobody reads", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    const twice = [0, 1].map(() => g.exp(g.mul(x, g.initializer(g.fresh("w"), float32([3, 4])))));
    g.log(x);
    const noise = [0, 1].map(() => g.op("RandomUniformLike", [x]));
    g.output("y", g.add(twice[0]!, twice[1]!));
    g.output("drawn", g.add(noise[0]!, noise[1]!));
    const lowered = lower(g);
    const counts = Object.groupBy(lowered.nodes, ({ definition }) => definition.name);
    expect(Object.entries(counts).map(([op, nodes]) => [op, nodes!.length])).toEqual([
      ["Mul", 1],
      ["Exp", 1],
      ["RandomUniformLike", 2],
      ["Add", 2],
    ]);
    expect(lowered.initializers.size).toBe(1);
    const results = await (await openModel(lowered.build()))({ x: float32([0.5, 0]) });
    expect(Array.from(results.y!.data as Float32Array)).toEqual([Math.fround(2 * Math.exp(1.5)), 2]);
  });

  it("turns a convolution over a small map into a product that the gradient shares rows with", () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", [2, 16, 4, 4]), g.input("w", "float32", [16, 16, 3, 3])];
    g.output("y", g.op("Conv", [x, w], { pads: [1, 1, 1, 1] }));
    const ops = lower(g).nodes.map(({ definition }) => definition.name);
    expect(ops).not.toContain("Conv");
    expect(ops.filter((op) => op === "Gather")).toHaveLength(1);
  });

  it.each([
    ["of a mean", {}, false],
    ["of a weighted mean that passes over a label", { ignore_index: 1 }, true],
    ["of a weighted sum", { reduction: "sum" }, true],
    ["of each label", { reduction: "none" }, false],
  ])("keeps a class loss and its gradient: %s", async (_, attributes, isWeighted) => {
    const build = () => {
      const g = new GraphBuilder();
      const [scores, labels] = [g.input("scores", "float32", [2, 3, 2]), g.input("labels", "int64", [2, 2])];
      const weights = isWeighted ? g.constant(float32([0.5, 2, 1])) : undefined;
      const loss = g.op("SoftmaxCrossEntropyLoss", [scores, labels, weights], attributes);
      g.output("loss", loss);
      g.output("gradient", gradient(g, g.reduceSum(loss), [scores])[0]!);
      return g;
    };
    // The second label's class is so unlikely that its probability is zero in single precision.
    const scores = float32([300, 1, -20, 2, 5, 0.5, 1, 2, 3, -1, 0, 7], [2, 3, 2]);
    await checkSame(build(), { scores, labels: int64([1, 0, 2, 1]).reshape([2, 2]) });
  });

  it("keeps an attention and its gradient, and computes the weights once", async () => {
    const g = new GraphBuilder();
    const names = ["q", "k", "v"] as const;
    const parts = names.map((name) => g.input(name, "float32", [2, 3, 4]));
    const y = g.op("Attention", parts, { q_num_heads: 2, kv_num_heads: 2, is_causal: 1 });
    g.output("y", y);
    for (const [i, value] of gradient(g, g.reduceSum(g.mul(y, y)), parts).entries()) g.output(`d${names[i]}`, value!);
    const random = Random.from(6);
    const drawn = () =>
      float32(
        Float32Array.from({ length: 24 }, () => random.normal()),
        [2, 3, 4],
      );
    await checkSame(g, { q: drawn(), k: drawn(), v: drawn() });
    const ops = lower(g).nodes.map(({ definition }) => definition.name);
    expect(ops).not.toContain("Attention");
    expect(ops.filter((op) => op === "Softmax")).toHaveLength(1);
  });

  it("reads a stand-in in place of a value, though it was built later, and inside bodies", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [3]);
    const slow = g.op("Sum", [x, x]);
    const shifted = g.constant([1], "float32");
    const body = g.body([{ dtype: "float32", shape: [] }], (inner, [part]) => [
      inner.add(inner.reduceSum(slow), part!),
    ]);
    const [sums] = g.ops("Scan", [x], { body, num_scan_inputs: 1 });
    const read = g.add(slow, shifted);
    g.output("y", g.add(read, sums!));
    readInstead(slow, g.mul(x, 2));
    const lowered = lower(g);
    expect(lowered.nodes.map(({ definition }) => definition.name)).not.toContain("Sum");
    const { y } = await (await openModel(lowered.build()))({ x: float32([1, 2, 3]) });
    expect(Array.from(y!.data as Float32Array)).toEqual([2 + 1 + 13, 4 + 1 + 14, 6 + 1 + 15]);
  });
});

async function checkSame(g: GraphBuilder, feeds: Readonly<Record<string, Tensor>>): Promise<void> {
  const [expected, actual] = [
    await (await openModel(g.build()))(feeds),
    await (await openModel(lower(g).build()))(feeds),
  ];
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect(actual[name]!.shape).toEqual(shape);
    for (const [i, value] of (data as Float32Array).entries()) expect(actual[name]!.data[i]).toBeCloseTo(value, 4);
  }
}
