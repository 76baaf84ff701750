import { atOnce, float32, Random } from "@athanor/core";
import { GraphBuilder, type Value } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import { layOutParameters, preferredOrders, reordered, undone } from "./parameter-layout.ts";
import { descent } from "./testing/descent.ts";

const random = Random.from(3);
const draw = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

describe("reordered", () => {
  it("moves axes, and back", () => {
    const x = float32([1, 2, 3, 4, 5, 6], [1, 2, 3]);
    const moved = reordered(x, [2, 0, 1]);
    expect(moved.shape).toEqual([3, 1, 2]);
    expect(Array.from(moved.data)).toEqual([1, 4, 2, 5, 3, 6]);
    expect(reordered(moved, undone([2, 0, 1]))).toEqual(x);
  });
});

describe("layOutParameters", () => {
  it("leaves a parameter that is read in its own order too", () => {
    const g = new GraphBuilder();
    const w = g.input("w", "float32", [2, 3]);
    g.output("gradient:w", g.transpose(g.exp(g.transpose(w, [1, 0])), [1, 0]));
    expect(atOnce(preferredOrders(g.build(), ["w"]))).toEqual({ w: [1, 0] });
    g.output("y", g.relu(w));
    expect(atOnce(preferredOrders(g.build(), ["w"]))).toEqual({});
  });

  it("leaves a parameter that a body reads, and keeps what only a body reads", () => {
    const g = new GraphBuilder();
    const [w, v] = ["w", "v"].map((name) => g.input(name, "float32", [2, 3])) as [Value, Value];
    const x = g.input("x", "float32", [4, 3, 2]);
    g.output("gradient:w", g.transpose(g.exp(g.transpose(w, [1, 0])), [1, 0]));
    const doubled = g.mul(v, 2);
    const body = g.body([{ dtype: "float32", shape: [3, 2] }], (inner, [row]) => [
      inner.matMul(inner.matMul(row!, w), inner.matMul(row!, doubled)),
    ]);
    g.output("y", g.op("Scan", [x], { body, num_scan_inputs: 1 }));
    expect(atOnce(preferredOrders(g.build(), ["w"]))).toEqual({});
    const laidOut = atOnce(layOutParameters(g.build(), { w: [1, 0] }));
    expect(laidOut.graph.nodes.map(({ op }) => op)).toContain("Mul");
  });

  it("trains as without, and shows weights in their own order", async () => {
    // 100 positions are still a product of rows, 144 are a convolution that reads the weight as it is.
    const weight = draw([16, 16, 3, 3]);
    const train = async (size: number, x: ReturnType<typeof draw>) => {
      await using step = await compileStep({
        inputs: { x: { dtype: "float32", shape: x.shape } },
        parameters: { w: weight },
        optimizer: descent,
        build(g, { inputs, parameters: { w } }) {
          const y = g.op("Conv", [inputs.x, w], { pads: [1, 1, 1, 1] });
          const inner = g.op("Slice", [
            y,
            ...[
              [0, 0],
              [size, size],
              [2, 3],
            ].map((numbers) => g.constant(numbers, "int64")),
          ]);
          return { loss: g.reduceMean(g.mul(inner, inner)) };
        },
      });
      for (let i = 0; i < 3; i++) await step.run({ x }, { learningRate: 0.1 });
      return (await step.snapshot()).states.w!;
    };
    const small = draw([2, 16, 10, 10]);
    // The same picture with empty borders, which the loss does not read.
    const wide = float32(new Float32Array(2 * 16 * 144), [2, 16, 12, 12]);
    for (let map = 0; map < 32; map++)
      for (let row = 0; row < 10; row++)
        wide.data.set(small.data.subarray((map * 10 + row) * 10, (map * 10 + row + 1) * 10), (map * 12 + row) * 12);
    const [a, b] = [await train(10, small), await train(10, wide)];
    expect(a.shape).toEqual([16, 16, 3, 3]);
    for (const [i, value] of a.data.entries()) expect(value).toBeCloseTo(b.data[i]!, 4);
    expect(a.data).not.toEqual(weight.data);
  });
});
