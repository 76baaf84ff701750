import { float32, int64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { node } from "../convert/node-forms.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { applyModel } from "./apply-model.ts";

/** y = x · w + b, where b is a Constant node, of an older version. */
const model: Model = {
  irVersion: 7,
  opsets: { "": 11 },
  producer: "",
  metadata: {},
  graph: {
    name: "linear",
    inputs: [{ name: "x", dtype: "float32", shape: ["rows", 2] }],
    outputs: [{ name: "y", dtype: "float32", shape: ["rows"] }],
    initializers: new Map([["w", storeTensor(float32([1, 2], [2, 1]))]]),
    values: [],
    nodes: [
      node("Constant", [], ["b"], { value: { kind: "tensor", value: float32([5]) } }),
      node("MatMul", ["x", "w"], ["product"]),
      node("Add", ["product", "b"], ["column"]),
      node("Squeeze", ["column"], ["y"], { axes: { kind: "ints", value: [1] } }),
    ],
  },
};

describe("applyModel", () => {
  it("takes weights from the graph, and passes gradients to them and to the input", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [3, 2]);
    const w = g.input("weight", "float32", [2, 1]);
    const b = g.input("bias", "float32", [1]);
    const { y } = applyModel(g, model, { x: g.mul(x, 2), w, b });
    const slopes = gradient(g, g.reduceSum(y!), [w, b, x]);
    g.output("result", y!);
    for (const [i, slope] of slopes.entries()) g.output(`slope${i}`, slope);
    const results = await (await openModel(g.build()))({
      x: float32([1, 0, 0, 1, 1, 1], [3, 2]),
      weight: float32([10, 20], [2, 1]),
      bias: float32([7]),
    });
    expect(results.result).toEqual(float32([27, 47, 67]));
    expect(results.slope0).toEqual(float32([4, 4], [2, 1]));
    expect(results.slope1).toEqual(float32([3]));
    expect(results.slope2).toEqual(float32([20, 40, 20, 40, 20, 40], [3, 2]));
  });

  it("may be applied twice in one graph", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [1, 2]);
    const first = applyModel(g, model, { x }).y!;
    g.output("both", g.add(first, applyModel(g, model, { x: g.neg(x) }).y!));
    const { both } = await (await openModel(g.build()))({ x: float32([3, 4], [1, 2]) });
    expect(both).toEqual(float32([10]));
  });

  it("refuses names, types and shapes that the model does not have", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [1, 2]);
    const refuse = (values: Parameters<typeof applyModel>[2], code: string) =>
      expect(() => applyModel(g, model, values)).toThrow(expect.objectContaining({ code }));
    refuse({}, "onnx/unknown-value");
    refuse({ x, v: x }, "onnx/unknown-value");
    refuse({ x: g.constant(int64([1, 2], [1, 2])) }, "onnx/type");
    refuse({ x: g.reshape(x, [1, 1, 2]) }, "onnx/shape");
  });
});
