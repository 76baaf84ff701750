import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { openModel } from "../testing/run-model.ts";
import { foldConstants } from "./fold-constants.ts";

const fold = foldConstants(async (model) => (await openModel(model))({}));
const feeds = { x: float32([1, 2, 3, 4], [2, 2]) };

describe("foldConstants", () => {
  it("computes once what no input reaches, as deep as it goes", async () => {
    const g = new GraphBuilder();
    const w = g.initializer("w", float32([1, 2, 3, 4], [2, 2]));
    g.output("y", g.matMul(g.input("x", "float32", [2, 2]), g.exp(g.transpose(g.mul(w, 0.5)))));
    const after = await checkRewrite(g.build(), fold, feeds);
    expect(operatorsOf(after)).toEqual(["MatMul"]);
    expect(after.graph.initializers.size).toBe(1);
  });

  it("makes weights of constants and of an output that never changes", async () => {
    const g = new GraphBuilder();
    const c = g.op("Constant", [], { value: float32([2], []) });
    g.output("y", g.mul(g.input("x", "float32", [2, 2]), c));
    g.output("always", g.exp(c));
    expect(operatorsOf(await checkRewrite(g.build(), fold, feeds))).toEqual(["Mul"]);
  });

  it("leaves what would only make the file larger, what is drawn, and what an input reaches", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2, 2]);
    const zeros = g.op("ConstantOfShape", [g.constant([200, 200], "int64")], { value: g.zero("float32") });
    g.output("y", g.add(g.reduceSum(zeros), x));
    g.output("drawn", g.op("Dropout", [g.constant([1, 2]), g.constant(0.5), g.constant(1, "bool")]));
    const model = g.build();
    expect(await fold(model)).toBe(model);
  });

  it("leaves a weight that is an input, whose value is only a default", async () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.initializer("w", float32([1, 2]))));
    const { graph, ...rest } = g.build();
    const model = { ...rest, graph: { ...graph, inputs: [{ name: "w", dtype: "float32" as const, shape: [2] }] } };
    expect(await fold(model)).toBe(model);
  });
});
