import { float32, float64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { node } from "../convert/node-forms.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { trainable } from "./trainable.ts";
import { withWeights } from "./with-weights.ts";

/** y = x · w + b with symbolic rows, w an initializer and b a Constant node. */
const model: Model = {
  irVersion: 7,
  opsets: { "": 12 },
  producer: "other",
  metadata: { card: "kept" },
  graph: {
    name: "linear",
    inputs: [{ name: "x", dtype: "float32", shape: ["rows", 2] }],
    outputs: [{ name: "y", dtype: "float32", shape: ["rows", 1] }],
    initializers: new Map([["w", storeTensor(float32([1, 2], [2, 1]))]]),
    values: [],
    nodes: [
      node("Constant", [], ["b"], { value: { kind: "tensor", value: float32([5]) } }),
      node("MatMul", ["x", "w"], ["product"]),
      node("Add", ["product", "b"], ["y"]),
    ],
  },
};

describe("withWeights", () => {
  it("puts values where weights were found, and keeps version, symbols and metadata", async () => {
    expect(trainable(GraphBuilder.from(model)).map(({ name }) => name)).toEqual(["w", "b"]);
    const trained = withWeights(model, { w: float32([10, 20], [2, 1]), b: float32([7]) });
    expect({ ...trained, graph: null }).toEqual({ ...model, graph: null });
    expect(trained.graph.inputs).toEqual(model.graph.inputs);
    const { y } = await (await openModel(trained))({ x: float32([1, 0, 0, 1, 1, 1], [3, 2]) });
    expect(y).toEqual(float32([17, 27, 37], [3, 1]));
  });

  it("refuses other names, shapes and types", () => {
    const refuse = (weights: Parameters<typeof withWeights>[1], code: string) =>
      expect(() => withWeights(model, weights)).toThrow(expect.objectContaining({ code }));
    refuse({ v: float32([1]) }, "onnx/unknown-value");
    refuse({ x: float32([1]) }, "onnx/unknown-value");
    refuse({ b: float32([1, 2]) }, "onnx/shape");
    refuse({ b: float64([1]) }, "onnx/shape");
  });
});
