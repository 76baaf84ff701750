import { float32, int64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { int } from "../convert/node-forms.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model, Node, ValueInfo } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { trainable } from "./trainable.ts";

const made = (op: string, inputs: readonly string[], output: string, attributes: Node["attributes"] = {}): Node => ({
  op,
  domain: "",
  name: output,
  inputs,
  outputs: [output],
  attributes,
});
const value = (name: string, shape: ValueInfo["shape"], dtype: ValueInfo["dtype"] = "float32"): ValueInfo => ({
  name,
  dtype,
  shape,
});

/** Splits the last axis of [batch, time, 6] in heads of two the way exporters write it, then scales by a weight. */
const heads: Model = {
  irVersion: 8,
  opsets: { "": 13 },
  producer: "",
  metadata: {},
  graph: {
    name: "heads",
    inputs: [value("x", ["batch", "time", 6]), value("scale", [2])],
    outputs: [value("y", undefined)],
    values: [],
    initializers: new Map([
      ["scale", storeTensor(float32([2, 3]))],
      ["first", storeTensor(int64([0], []))],
      ["axis0", storeTensor(int64([0]))],
      ["bound", storeTensor(float32([9], []))],
    ]),
    nodes: [
      made("Constant", [], "second", { value_int: int(1) }),
      made("Constant", [], "open", { value_ints: { kind: "ints", value: [-1, 2] } }),
      made("Shape", ["x"], "shape"),
      made("Gather", ["shape", "first"], "batch"),
      made("Gather", ["shape", "second"], "time"),
      made("Unsqueeze", ["batch", "axis0"], "batch1"),
      made("Unsqueeze", ["time", "axis0"], "time1"),
      made("Concat", ["batch1", "time1", "open"], "target", { axis: int(0) }),
      made("Reshape", ["x", "target"], "split"),
      made("Mul", ["split", "scale"], "scaled"),
      made("Min", ["scaled", "bound"], "y"),
    ],
  },
};

describe("an imported model", () => {
  it("has the lengths that its symbols are given, and no shape arithmetic left", () => {
    const g = GraphBuilder.from(heads, { dims: { batch: 4, time: 5 } });
    expect(g.value("y").shape).toEqual([4, 5, 3, 2]);
    expect(g.nodes.map(({ definition }) => definition.name)).toEqual(["Reshape", "Mul", "Min"]);
  });

  it("takes whole shapes, which settle the symbols they carry", () => {
    expect(GraphBuilder.from(heads, { shapes: { x: [2, 7, 6] } }).value("split").shape).toEqual([2, 7, 3, 2]);
  });

  it("refuses shapes that contradict the model, and inputs it does not have", () => {
    const refuse = (options: Parameters<typeof GraphBuilder.from>[1], code: string) =>
      expect(() => GraphBuilder.from(heads, options)).toThrow(expect.objectContaining({ code }));
    refuse({ shapes: { x: [2, 7, 5] } }, "onnx/shape");
    refuse({ dims: { batch: 3 }, shapes: { x: [2, 7, 6] } }, "onnx/shape");
    refuse({ shapes: { z: [2, 7, 6] } }, "onnx/unknown-value");
  });

  it("asks for the shape of an input that states none", () => {
    const { graph } = heads;
    const model = { ...heads, graph: { ...graph, inputs: [value("x", undefined)] } };
    expect(() => GraphBuilder.from(model)).toThrow(expect.objectContaining({ code: "onnx/shape" }));
    expect(GraphBuilder.from(model, { shapes: { x: [1, 1, 6] } }).value("y").shape).toEqual([1, 1, 3, 2]);
  });

  it("refuses a name that is defined twice, and one that is not defined", () => {
    const { graph } = heads;
    const withNodes = (...nodes: readonly Node[]) => ({ ...heads, graph: { ...graph, nodes } });
    const scaled = made("Mul", ["x", "x"], "y");
    expect(() => GraphBuilder.from(withNodes(scaled, scaled))).toThrow(
      expect.objectContaining({ code: "onnx/duplicate-name" }),
    );
    expect(() => GraphBuilder.from(withNodes(made("Mul", ["x", "nothing"], "y")))).toThrow(
      expect.objectContaining({ code: "onnx/unknown-value" }),
    );
  });

  it("says which of its values are learned", () => {
    const g = GraphBuilder.from(heads, { dims: { batch: 1, time: 2 } });
    expect(trainable(g)).toEqual([{ name: "scale", shape: [2], dtype: "float32" }]);
  });

  it.each([Number.NEGATIVE_INFINITY, -3.4028234663852886e38])(
    "takes a table with %d for a mask, which is not learned",
    (hides) => {
      const g = new GraphBuilder();
      const scores = g.mul(g.input("x", "float32", [2]), g.initializer("w", float32([1, 2])));
      g.output("y", g.softmax(g.add(scores, g.initializer("mask", float32([0, hides])))));
      expect(trainable(g).map(({ name }) => name)).toEqual(["w"]);
    },
  );

  it("computes the same, and is differentiable with respect to its weights under their names", async () => {
    const g = GraphBuilder.from(heads, { dims: { batch: 1, time: 1 } });
    const [slope] = gradient(g, g.reduceSum(g.value("y")), [g.value("scale")]);
    g.output("slope", slope!);
    const results = await (await openModel(g.build()))({ x: float32([1, 2, 3, 4, 5, 6], [1, 1, 6]) });
    expect(Array.from(results.y!.data as Float32Array)).toEqual([2, 6, 6, 9, 9, 9]);
    expect(Array.from(results.slope!.data as Float32Array)).toEqual([1 + 3, 2]);
  });
});
