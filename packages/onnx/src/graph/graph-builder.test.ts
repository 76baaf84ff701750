import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { openModel } from "../testing/run-model.ts";
import { GraphBuilder } from "./graph-builder.ts";

describe("GraphBuilder", () => {
  it("infers shapes with symbolic lengths", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", ["batch", 4, 6]);
    expect(g.reshape(x, [-1, 24]).shape).toEqual(["batch", 24]);
    expect(g.matMul(x, g.constant(float32(new Float32Array(12), [6, 2]))).shape).toEqual(["batch", 4, 2]);
    expect(g.reduceMean(x, [1]).shape).toEqual(["batch", 6]);
  });

  it("leaves out nodes that no output needs, and weights that only they read", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    g.mul(x, g.initializer("unused", float32([1, 2])));
    g.output("y", g.exp(x));
    const { graph } = g.build();
    expect(graph.nodes.map(({ op }) => op)).toEqual(["Exp", "Identity"]);
    expect(graph.initializers.size).toBe(0);
  });

  it("shares equal constants", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    g.output("y", g.add(g.mul(x, 2), 2));
    expect(g.build().graph.initializers.size).toBe(1);
  });

  it("continues an imported graph", async () => {
    const first = new GraphBuilder();
    first.output("y", first.relu(first.input("x", "float32", ["batch"])));
    const g = GraphBuilder.from(first.build());
    g.output("z", g.add(g.value("y"), 1));
    const results = await (await openModel(g.build()))({ x: float32([-1, 2]) });
    expect(Array.from(results.z!.data as Float32Array)).toEqual([1, 3]);
  });

  it.each([
    ["an unknown operator", (g: GraphBuilder) => g.op("Matmul", [g.constant(1)]), "onnx/unknown-op"],
    ["an unknown attribute", (g: GraphBuilder) => g.op("Softmax", [g.constant([1])], { axes: 0 }), "onnx/attribute"],
    [
      "an attribute of another kind",
      (g: GraphBuilder) => g.op("Softmax", [g.constant([1])], { axis: 0.5 }),
      "onnx/attribute",
    ],
    ["too few operands", (g: GraphBuilder) => g.op("Add", [g.constant(1)]), "onnx/arity"],
    [
      "shapes that do not broadcast",
      (g: GraphBuilder) => g.add(g.constant([1, 2]), g.constant([1, 2, 3])),
      "onnx/shape",
    ],
    [
      "a name used twice",
      (g: GraphBuilder) => [g.input("x", "float32", []), g.input("x", "float32", [])],
      "onnx/duplicate-name",
    ],
  ])("refuses %s where it is written", (_, misuse, code) => {
    expect(() => misuse(new GraphBuilder())).toThrow(expect.objectContaining({ code }));
  });
});
