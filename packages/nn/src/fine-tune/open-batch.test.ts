import { float32, Tensor } from "@athanor/core";
import { GraphBuilder, type Model, storeTensor, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { openBatch } from "./open-batch.ts";
import { widenHalves } from "./widen-halves.ts";

function fixed(shape: readonly number[]): Model {
  const g = new GraphBuilder();
  const x = g.op("Relu", [g.input("x", "float32", [1, 2, 3])]);
  g.output("y", g.reshape(x, shape));
  return g.build();
}

describe("openBatch", () => {
  it("runs more rows than a model was exported for", async () => {
    await using session = await openSession(writeModel(openBatch(fixed([1, 6]))), { threads: 1 });
    const { y } = await session.run({ x: float32([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 2, 3]) });
    expect(y).toEqual(float32([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 6]));
  });

  it("refuses what holds for the exported number of rows only", () => {
    expect(() => openBatch(fixed([6, 1]))).toThrow(expect.objectContaining({ code: "nn/batch-axis" }));
  });
});

describe("widenHalves", () => {
  it("computes in float32 with weights of half precision", async () => {
    const g = new GraphBuilder();
    g.output("y", g.add(g.input("x", "float32", [1]), g.initializer("w", float32([1]))));
    const { graph, ...model } = g.build();
    const half = <T extends object>(info: T) => ({ ...info, dtype: "float16" as const });
    const stored = storeTensor(new Tensor("float16", Uint16Array.of(0x3e00), [1]));
    const halved = {
      ...model,
      graph: {
        ...graph,
        inputs: graph.inputs.map(half),
        outputs: graph.outputs.map(half),
        values: [],
        initializers: new Map([["w", stored]]),
      },
    };
    await using session = await openSession(writeModel(widenHalves(halved)), { threads: 1 });
    expect((await session.run({ x: float32([1]) })).y).toEqual(float32([2.5]));
  });
});
