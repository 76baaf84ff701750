import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "./graph/graph-builder.ts";
import type { Graph, Model, Node } from "./model.ts";
import { openModel } from "./testing/run-model.ts";
import { verify } from "./verify.ts";

/** exp(x) + w. */
function legal(): Model {
  const g = new GraphBuilder();
  const sum = g.add(g.exp(g.input("x", "float32", [2])), g.initializer("w", float32([1, 2])));
  g.output("y", sum);
  return g.build();
}
const withGraph = (change: (graph: Graph) => Partial<Graph>): Model => {
  const model = legal();
  return { ...model, graph: { ...model.graph, ...change(model.graph) } };
};
const withNode = (op: string, change: Partial<Node>): Model =>
  withGraph(({ nodes }) => ({ nodes: nodes.map((node) => (node.op === op ? { ...node, ...change } : node)) }));

describe("verify beside the runtime", () => {
  it("lets a legal model pass", () => {
    expect(() => verify(legal())).not.toThrow();
  });

  it.each<[string, Model, string]>([
    ["a value that nothing defines", withNode("Exp", { inputs: ["z"] }), "onnx/undefined-value"],
    ["a value that is defined twice", withNode("Add", { outputs: ["Exp_out"] }), "onnx/duplicate-name"],
    ["a node with the name of another", withNode("Add", { name: "Exp" }), "onnx/duplicate-name"],
    ["a domain without a version", withNode("Exp", { domain: "own" }), "onnx/missing-opset"],
    [
      "an output that nothing computes",
      withGraph(({ outputs }) => ({ outputs: outputs.map((output) => ({ ...output, name: "z" })) })),
      "onnx/undefined-value",
    ],
    [
      "an output of another type than stated",
      withGraph(({ outputs }) => ({ outputs: outputs.map((output) => ({ ...output, dtype: "int64" })) })),
      "onnx/type",
    ],
  ])("refuses %s, as the runtime does", async (_, model, code) => {
    expect(() => verify(model)).toThrow(expect.objectContaining({ code }));
    await expect(openModel(model)).rejects.toThrow();
  });

  it("wants nodes in order, as the standard does; the runtime would sort them", () => {
    const reversed = withGraph(({ nodes }) => ({ nodes: nodes.toReversed() }));
    expect(() => verify(reversed)).toThrow(expect.objectContaining({ code: "onnx/undefined-value" }));
  });

  it("lets names be left out", () => {
    const anonymous = withGraph(({ nodes }) => ({ nodes: nodes.map((node) => ({ ...node, name: "" })) }));
    expect(() => verify(anonymous)).not.toThrow();
  });
});
