import { float32, int64, Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { algebraic } from "./algebraic.ts";

const random = Random.from(3);
const x = float32(
  Float32Array.from({ length: 24 }, () => random.normal()),
  [2, 3, 4],
);

/** The operators that are left of what is built between an input [2, 3, 4] and exp. */
async function left(build: (g: GraphBuilder, x: Value) => Value): Promise<readonly string[]> {
  const g = new GraphBuilder();
  g.output("y", g.exp(build(g, g.input("x", "float32", [2, 3, 4]))));
  return operatorsOf(await checkRewrite(g.build(), algebraic, { x }));
}
const filled = (g: GraphBuilder, value: number, shape: readonly number[]) =>
  g.constant(float32(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape));
const target = (g: GraphBuilder, shape: readonly number[]) => g.constant(shape, "int64");

describe("algebraic", () => {
  it.each<[string, (g: GraphBuilder, x: Value) => Value]>([
    ["x + 0", (g, x) => g.add(x, 0)],
    ["0 + x", (g, x) => g.add(0, x)],
    ["x · 1 of the same shape", (g, x) => g.mul(x, filled(g, 1, [3, 1]))],
    ["1 · x", (g, x) => g.mul(1, x)],
    ["x − 0", (g, x) => g.sub(x, 0)],
    ["x / 1", (g, x) => g.div(x, 1)],
    ["x to the power 1", (g, x) => g.pow(x, 1)],
    ["double negation", (g, x) => g.neg(g.neg(x))],
    ["four negations", (g, x) => g.neg(g.neg(g.neg(g.neg(x))))],
    ["Identity", (g, x) => g.identity(g.identity(x))],
    ["Transpose there and back", (g, x) => g.transpose(g.transpose(x, [1, 2, 0]), [2, 0, 1])],
    ["Transpose by the identity", (g, x) => g.transpose(x, [0, 1, 2])],
    ["Reshape to its own shape", (g, x) => g.reshape(x, [2, -1, 4])],
    ["Reshape there and back", (g, x) => g.reshape(g.reshape(x, [4, 6]), [2, 3, 4])],
    ["Cast to its own type", (g, x) => g.op("Cast", [x], { to: 1 })],
    ["Cast wider and back", (g, x) => g.cast(g.cast(x, "float64"), "float32")],
    ["Expand to its own shape", (g, x) => g.op("Expand", [x, target(g, [3, 1])])],
    ["Concat of one", (g, x) => g.concat([x], 1)],
    ["Pad by nothing", (g, x) => g.op("Pad", [x, target(g, [0, 0, 0, 0, 0, 0])])],
    ["Sum of one", (g, x) => g.op("Sum", [x])],
    ["Dropout in inference", (g, x) => g.op("Dropout", [x])],
  ])("takes out %s", async (_, build) => {
    expect(await left(build)).toEqual(["Exp"]);
  });

  it.each<[string, (g: GraphBuilder, x: Value) => Value, readonly string[]]>([
    ["Transpose after Transpose", (g, x) => g.transpose(g.transpose(x, [1, 2, 0]), [1, 2, 0]), ["Transpose"]],
    ["Reshape after Reshape", (g, x) => g.reshape(g.reshape(x, [4, 6]), [8, -1]), ["Reshape"]],
    ["Sum of two", (g, x) => g.op("Sum", [x, g.constant(2)]), ["Add"]],
    ["numbers that multiply", (g, x) => g.mul(0.5, g.mul(g.mul(x, 3), 0.25)), ["Mul"]],
    ["a + (−b)", (g, x) => g.add(x, g.neg(g.sqrt(g.op("Abs", [x])))), ["Abs", "Sqrt", "Sub"]],
    ["(−a) + b", (g, x) => g.add(g.neg(x), g.sqrt(g.op("Abs", [x]))), ["Abs", "Sqrt", "Sub"]],
    ["a − (−b)", (g, x) => g.sub(x, g.neg(g.sqrt(g.op("Abs", [x])))), ["Abs", "Sqrt", "Add"]],
    [
      "an operand that is stretched",
      (g, x) => g.mul(g.op("Expand", [g.constant(4), target(g, [2, 3, 4])]), x),
      ["Mul"],
    ],
    ["(−a) (−b)", (g, x) => g.mul(g.neg(x), g.neg(g.sqrt(g.op("Abs", [x])))), ["Abs", "Sqrt", "Mul"]],
  ])("joins %s", async (_, build, expected) => {
    expect(await left(build)).toEqual([...expected, "Exp"]);
  });

  it.each<[string, (g: GraphBuilder, x: Value) => Value]>([
    ["0 − x", (g, x) => g.sub(0, x)],
    ["1 / x", (g, x) => g.div(1, x)],
    ["a zero that broadcasts", (g, x) => g.add(x, filled(g, 0, [5, 1, 1, 1]))],
    ["one that differs", (g, x) => g.mul(x, g.constant(float32([1, 1, 1, 2])))],
    ["a narrowing Cast and back", (g, x) => g.cast(g.cast(x, "int32"), "float32")],
    ["the other Reshape copying a length", (g, x) => g.reshape(g.reshape(x, [3, 8]), [0, 2, 4])],
    ["a factor an element", (g, x) => g.mul(g.mul(x, g.constant(float32([1, 2, 3, 4]))), 2)],
    ["operands that are both stretched", (g, x) => g.mul(x, g.op("Expand", [g.exp(x), target(g, [5, 2, 3, 4])]))],
    ["a transposition", (g, x) => g.transpose(x, [1, 0, 2])],
  ])("leaves %s", async (_, build) => {
    const g = new GraphBuilder();
    g.output("y", build(g, g.input("x", "float32", [2, 3, 4])));
    const model = g.build();
    expect(operatorsOf(await checkRewrite(model, algebraic, { x }))).toEqual(operatorsOf(model));
  });

  it("leaves a Reshape whose target is computed, which may be there to hold a node back", async () => {
    const g = new GraphBuilder();
    const shape = g.mul(g.input("shape", "int64", [2]), 1);
    const inner = g.op("Expand", [g.input("x", "float32", [2, 3, 4]), target(g, [2, 3, 4])]);
    g.output("y", g.reshape(inner, [4, 6]));
    g.output("z", g.cast(shape, "float32"));
    const after = await checkRewrite(g.build(), algebraic, { x, shape: int64([4, 6]) });
    expect(operatorsOf(after)).toEqual(["Reshape", "Cast"]);
  });

  it("keeps the names of outputs", async () => {
    const g = new GraphBuilder();
    const a = g.input("a", "float32", [2]);
    const y = g.exp(a);
    g.output("first", g.add(y, 0));
    g.output("second", g.neg(g.neg(y)));
    g.output("itself", g.mul(a, 1));
    const after = await checkRewrite(g.build(), algebraic, { a: float32([1, 2]) });
    expect(operatorsOf(after).filter((op) => op === "Exp")).toHaveLength(1);
    expect(after.graph.outputs.map(({ name }) => name)).toEqual(["first", "second", "itself"]);
  });

  it("rewrites what subgraphs read from around them", async () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.mul(g.input("x", "float32", [2]), 1)));
    const { graph, ...rest } = g.build();
    const [scaled] = graph.nodes[0]!.outputs;
    const body = (op: string) => ({
      kind: "graph" as const,
      value: {
        name: op,
        inputs: [],
        nodes: [{ op, domain: "", name: op, inputs: [scaled!], outputs: [`${op}_out`], attributes: {} }],
        outputs: [{ name: `${op}_out`, dtype: "float32" as const, shape: [2] }],
        initializers: new Map(),
        values: [],
      },
    });
    const attributes = { then_branch: body("Neg"), else_branch: body("Abs") };
    const choice = { op: "If", domain: "", name: "choice", inputs: ["flag"], outputs: ["z"], attributes };
    const model = {
      ...rest,
      graph: {
        ...graph,
        nodes: [...graph.nodes, choice],
        inputs: [...graph.inputs, { name: "flag", dtype: "bool" as const, shape: [] }],
        outputs: [...graph.outputs, { name: "z", dtype: "float32" as const, shape: [2] }],
      },
    };
    const feeds = { x: float32([1, -2]), flag: new Tensor("bool", Uint8Array.of(1), []) };
    expect(operatorsOf(await checkRewrite(model, algebraic, feeds))).toEqual(["Exp", "If"]);
  });
});
