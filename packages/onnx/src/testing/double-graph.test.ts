import { float32, Random, type Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { doubleGraph } from "./double-graph.ts";
import { widen } from "./in-double.ts";
import { openModel } from "./run-model.ts";

type Build = (g: GraphBuilder, x: Value, weight: (shape: readonly number[]) => Value) => readonly Value[];

const image = [2, 4, 7, 6];
const cases: Readonly<Record<string, readonly [shape: readonly number[], build: Build]>> = {
  "a convolution in groups": [
    image,
    (g, x, weight) => [
      g.op("Conv", [x, weight([6, 2, 3, 2]), weight([6])], {
        group: 2,
        strides: [2, 1],
        dilations: [1, 2],
        pads: [1, 0, 2, 1],
      }),
    ],
  ],
  "a transposed convolution in groups": [
    image,
    (g, x, weight) => [
      g.op("ConvTranspose", [x, weight([4, 3, 3, 2]), weight([6])], {
        group: 2,
        strides: [2, 3],
        dilations: [2, 1],
        pads: [1, 0, 2, 1],
        output_padding: [1, 2],
      }),
    ],
  ],
  "means of windows": [image, (g, x) => [g.op("AveragePool", [x], { kernel_shape: [2, 3], strides: [2, 1] })]],
  "an image made larger": [
    image,
    (g, x) => [g.op("Resize", [x, undefined, g.constant([1, 1, 2, 1.5])], { mode: "linear" })],
  ],
  "bent lines": [
    image,
    (g, x) =>
      ["HardSigmoid", "HardSwish", "LeakyRelu", "GlobalMaxPool", "GlobalAveragePool"].map((op) => g.op(op, [x])),
  ],
  "a recurrence both ways": [
    [5, 2, 3],
    (g, x, weight) =>
      g.ops(
        "LSTM",
        [x, weight([2, 16, 3]), weight([2, 16, 4]), weight([2, 32]), undefined, weight([2, 2, 4])],
        { direction: "bidirectional", hidden_size: 4 },
        { outputs: 3 },
      ),
  ],
  "a recurrence backwards": [
    [5, 2, 3],
    (g, x, weight) =>
      g.ops(
        "LSTM",
        [x, weight([1, 16, 3]), weight([1, 16, 4])],
        { direction: "reverse", hidden_size: 4 },
        { outputs: 3 },
      ),
  ],
};

it.each(Object.entries(cases))("gives in double precision what single gives: %s", async (_, [shape, build]) => {
  const random = Random.from(3);
  const drawn = (lengths: readonly number[]) =>
    float32(
      Float32Array.from({ length: lengths.reduce((a, b) => a * b, 1) }, () => random.normal()),
      lengths,
    );
  const g = new GraphBuilder();
  let count = 0;
  const outputs = build(g, g.input("x", "float32", shape), (lengths) => g.initializer(`w${count++}`, drawn(lengths)));
  for (const [i, output] of outputs.entries()) g.output(`y${i}`, output);
  const x = drawn(shape);
  const single = await (await openModel(g.build()))({ x });
  const double = await (await openModel(doubleGraph(g.build())))({ x: widen(x) });
  for (const [name, { shape: lengths, data }] of Object.entries(single)) {
    expect(double[name]).toMatchObject({ dtype: "float64", shape: lengths });
    expect(farthest(double[name]!, data as Float32Array)).toBeLessThan(1e-5);
  }
});

const farthest = ({ data }: Tensor, other: Float32Array): number =>
  Math.max(...(data as Float64Array).map((value, i) => Math.abs(value - other[i]!)));
