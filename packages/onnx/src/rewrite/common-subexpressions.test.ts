import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { commonSubexpressions } from "./common-subexpressions.ts";

const feeds = { a: float32([1, 2]), b: float32([3, -4]) };
const start = () => {
  const g = new GraphBuilder();
  return { g, a: g.input("a", "float32", [2]), b: g.input("b", "float32", [2]) };
};

describe("commonSubexpressions", () => {
  it("computes whole chains once, whichever way round a commutative operator has its inputs", async () => {
    const { g, a, b } = start();
    const [left, right] = [g.exp(g.add(a, b)), g.exp(g.add(b, a))];
    g.output("y", g.sub(left, g.mul(right, b)));
    expect(operatorsOf(await checkRewrite(g.build(), commonSubexpressions, feeds))).toEqual([
      "Add",
      "Exp",
      "Mul",
      "Sub",
    ]);
  });

  it("merges equal weights", async () => {
    const { g, a } = start();
    const weights = ["v", "w"].map((name) => g.initializer(name, float32([5, 7])));
    g.output("y", g.sub(g.mul(a, weights[0]!), g.exp(g.mul(a, weights[1]!))));
    const after = await checkRewrite(g.build(), commonSubexpressions, { a: feeds.a, b: feeds.b });
    expect(operatorsOf(after)).toEqual(["Mul", "Exp", "Sub"]);
    expect([...after.graph.initializers.keys()]).toEqual(["v"]);
  });

  it("merges nodes with several outputs", async () => {
    const { g, a } = start();
    const top = () => g.ops("TopK", [a, g.constant([1], "int64")], {}, { outputs: 2 });
    const [first, second] = [top(), top()];
    g.output("y", g.add(first[0]!, g.cast(second[1]!, "float32")));
    expect(operatorsOf(await checkRewrite(g.build(), commonSubexpressions, feeds))).toEqual(["TopK", "Cast", "Add"]);
  });

  it("leaves other attributes, other orders and operators whose results are drawn", async () => {
    const { g, a, b } = start();
    g.output("order", g.mul(g.sub(a, b), g.sub(b, a)));
    const softmax = (axis: number) => g.op("HardSigmoid", [a], { alpha: axis });
    g.output("attributes", g.add(softmax(1), softmax(2)));
    const drop = () => g.op("Dropout", [a, g.constant(0.5), g.constant(1, "bool")]);
    g.output("drawn", g.sub(drop(), drop()));
    const model = g.build();
    expect(await commonSubexpressions(model)).toBe(model);
  });

  it("computes two outputs of the same value once and keeps both names", async () => {
    const { g, a } = start();
    g.output("y", g.exp(a));
    g.output("z", g.exp(a));
    expect(operatorsOf(await checkRewrite(g.build(), commonSubexpressions, feeds))).toEqual(["Exp"]);
  });
});
