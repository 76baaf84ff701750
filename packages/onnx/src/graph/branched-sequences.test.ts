import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import type { Graph, Model, Node } from "../model.ts";
import { openModel } from "../testing/run-model.ts";
import { tensorOf } from "../testing/tensor-of.ts";
import { GraphBuilder } from "./graph-builder.ts";

const node = (op: string, inputs: readonly string[], output: string, rest: Partial<Node> = {}): Node => ({
  op,
  domain: "",
  name: `${op}_${output}`,
  inputs,
  outputs: [output],
  attributes: {},
  ...rest,
});
const branch = (name: string, nodes: readonly Node[]): Graph => ({
  name,
  nodes,
  inputs: [],
  outputs: [{ name, dtype: "float64", shape: undefined }],
  initializers: new Map(),
  values: [],
});

/** [x, x²] where the sum is positive, and its negative and itself, or another list, where it is not. */
function choosing(otherwise: readonly string[]): Model {
  const g = new GraphBuilder();
  const x = g.input("x", "float64", [2]);
  g.output("square", g.mul(x, x));
  g.output("negative", g.neg(x));
  g.output("isPositive", g.greater(g.reduceSum(x), 0));
  const { graph, ...rest } = g.build();
  const attributes = {
    then_branch: { kind: "graph", value: branch("a", [node("SequenceConstruct", ["x", "square"], "a")]) },
    else_branch: { kind: "graph", value: branch("b", [node("SequenceConstruct", otherwise, "b")]) },
  } as const;
  const nodes = [
    ...graph.nodes,
    node("If", ["isPositive"], "list", { attributes }),
    node("ConcatFromSequence", ["list"], "y", { attributes: { axis: { kind: "int", value: 0 } } }),
  ];
  return { ...rest, graph: { ...graph, nodes, outputs: [{ name: "y", dtype: "float64", shape: undefined }] } };
}

it.each([
  { x: [0.5, 2], y: [0.5, 2, 0.25, 4], slopes: [1 + 1, 1 + 4] },
  { x: [0.5, -2], y: [-0.5, 2, 0.5, -2], slopes: [0, 0] },
])("differentiates through a list that a branch gives, at $x", async ({ x, y, slopes }) => {
  const g = GraphBuilder.from(choosing(["negative", "x"]));
  g.output("slopes", gradient(g, g.reduceSum(g.value("y")), [g.value("x")])[0]!);
  const results = await (await openModel(g.build()))({ x: tensorOf("float64", x, [2]) });
  expect([results.y, results.slopes].map((value) => Array.from(value!.data as Float64Array))).toEqual([y, slopes]);
});

it("refuses branches that give lists of different lengths", () => {
  expect(() => GraphBuilder.from(choosing(["x"]))).toThrow(
    expect.objectContaining({ code: "onnx/dynamic-sequence", message: expect.stringContaining("as many tensors") }),
  );
});
