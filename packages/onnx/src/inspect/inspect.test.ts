import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { checkModel } from "./check-model.ts";
import { summariseModel } from "./summarise-model.ts";

const weight = float32([1, 2, 3, 4, 5, 6], [3, 2]);

/** A layer whose activation is given. */
function layer(activation: string, attributes: Record<string, unknown> = {}, domain = ""): Model {
  const g = new GraphBuilder();
  const product = g.matMul(g.input("x", "float32", ["batch", 3]), g.initializer("w", weight));
  const squashed = g.op(activation, [product], attributes, { domain, name: "squash" });
  g.output("y", g.add(squashed, g.initializer("b", float32([1, 2]))));
  return g.build({ metadata: { author: "test" } });
}
const edited = (model: Model, edit: (node: Model["graph"]["nodes"][number]) => Model["graph"]["nodes"][number]) => ({
  ...model,
  graph: { ...model.graph, nodes: model.graph.nodes.map(edit) },
});

describe("summariseModel", () => {
  it("counts operators, weights and parameters", () => {
    expect(summariseModel(layer("Relu"))).toMatchObject({
      opsets: { "": 21 },
      inputs: [{ name: "x", dtype: "float32", shape: ["batch", 3] }],
      outputs: [{ name: "y" }],
      nodes: 4,
      weights: 2,
      parameters: 8,
      weightBytes: 32,
      metadata: { author: "test" },
    });
    expect(summariseModel(layer("Relu")).operators).toContainEqual({
      op: "Relu",
      domain: "",
      count: 1,
      hasRules: true,
      hasGradient: true,
    });
  });
});

describe("checkModel", () => {
  it("finds nothing in a model that can be trained", () => {
    expect(checkModel(layer("Relu"), { dims: { batch: 2 } })).toEqual({ trainable: ["w", "b"], findings: [] });
  });

  it("names an operator without a gradient, the path to it and the way out", () => {
    const { findings } = checkModel(layer("Hardmax"), { dims: { batch: 2 } });
    expect(findings).toMatchObject([
      { problem: "no-gradient", op: "Hardmax", node: "squash", path: ["y", expect.any(String), "Add", "squash"] },
    ]);
    expect(findings[0]!.fix).toMatch(/Freeze the weights before squash/);
  });

  it("names an operator without rules", () => {
    const model = edited(layer("Relu"), (node) => (node.op === "Relu" ? { ...node, op: "Rleu", domain: "own" } : node));
    const { findings } = checkModel({ ...model, opsets: { ...model.opsets, own: 1 } });
    expect(findings).toMatchObject([{ problem: "no-rules", code: "onnx/unknown-op", op: "Rleu", node: "squash" }]);
  });

  it("says what makes a model illegal", () => {
    const model = edited(layer("Relu"), (node) => (node.op === "Relu" ? { ...node, inputs: ["nothing"] } : node));
    expect(checkModel(model).findings).toMatchObject([{ problem: "illegal", code: "onnx/undefined-value" }]);
  });

  it("asks for the lengths of symbolic axes where a rule needs them", () => {
    const { findings } = checkModel(layer("LRN", { size: 3 }));
    expect(findings).toMatchObject([{ problem: "no-gradient", code: "onnx/shape", path: ["y"] }]);
    expect(findings[0]!.fix).toBe("Give lengths for the symbolic axes: dims of batch, or --dim batch=1.");
  });
});
