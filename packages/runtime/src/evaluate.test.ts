import { float32 } from "@athanor/core";
import { foldConstants, GraphBuilder } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate.ts";

describe("evaluate", () => {
  it("computes constants for the folding pass", async () => {
    const g = new GraphBuilder();
    g.output("y", g.mul(g.input("x", "float32", [2]), g.exp(g.constant(float32([0, 0])))));
    const { graph } = await foldConstants(evaluate)(g.build());
    expect(graph.nodes.map(({ op }) => op)).toEqual(["Mul", "Identity"]);
    const [weight] = graph.initializers.values();
    expect(weight).toMatchObject({ dtype: "float32", shape: [2] });
  });
});
