import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { deadCode } from "./dead-code.ts";

const x = float32([1, 4], [2]);

describe("deadCode", () => {
  it("removes nodes and weights that no output needs", async () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.input("x", "float32", [2])));
    const built = g.build();
    const unused = { op: "Sqrt", domain: "", name: "unused", inputs: ["w"], outputs: ["z"], attributes: {} };
    const { graph } = built;
    const weight = { dtype: "float32", shape: [1], bytes: new Uint8Array(4) } as const;
    const model = {
      ...built,
      graph: { ...graph, nodes: [unused, ...graph.nodes], initializers: new Map([["w", weight]]) },
    };
    const after = await checkRewrite(model, deadCode, { x });
    expect(operatorsOf(after)).toEqual(["Exp"]);
    expect(after.graph.initializers.size).toBe(0);
  });

  it("keeps what only a subgraph reads", () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.input("x", "float32", [2])));
    const built = g.build();
    const branch = {
      name: "branch",
      nodes: [],
      inputs: [],
      outputs: [{ name: "inner", dtype: "float32", shape: [2] }],
    };
    const body = { ...branch, initializers: new Map(), values: [] } as const;
    const root = { op: "Sqrt", domain: "", name: "root", inputs: ["x"], outputs: ["inner"], attributes: {} };
    const choice = {
      op: "If",
      domain: "",
      name: "choice",
      inputs: ["flag"],
      outputs: ["z"],
      attributes: { then_branch: { kind: "graph", value: body } as never },
    };
    const { graph } = built;
    const model = {
      ...built,
      graph: {
        ...graph,
        inputs: [...graph.inputs, { name: "flag", dtype: "bool", shape: [] } as const],
        nodes: [root, choice, ...graph.nodes],
        outputs: [...graph.outputs, { name: "z", dtype: "float32", shape: [2] } as const],
      },
    };
    expect(deadCode(model)).toBe(model);
  });

  it("returns the very same model when everything is needed", () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.input("x", "float32", [2])));
    const model = g.build();
    expect(deadCode(model)).toBe(model);
  });
});
