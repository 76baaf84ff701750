import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { constantTensor } from "../constant-tensor.ts";
import { int, node } from "../convert/node-forms.ts";
import type { Attribute, Graph, Model, Node, ValueInfo } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { GraphBuilder } from "./graph-builder.ts";

const numbers = { first: 0, second: 1, last: -1, two: 2, lengths: [1, 3], thrice: 3, axes: [0], columns: [1] } as const;

function modelOf(nodes: readonly Node[]): Model {
  const entries = Object.entries(numbers).map(
    ([name, value]) => [name, storeTensor(constantTensor(value, "int64"))] as const,
  );
  return {
    irVersion: 8,
    opsets: { "": 17 },
    producer: "",
    metadata: {},
    graph: {
      name: "sequences",
      inputs: [{ name: "x", dtype: "float32", shape: [4] }],
      outputs: [{ name: "y", dtype: "float32", shape: undefined }],
      initializers: new Map([...entries, ["zero", storeTensor(float32([0], []))]]),
      values: [],
      nodes,
    },
  };
}

/** What a model gives for 1, 2, 3, 4, as it is and taken apart, and the gradient of Σ y². */
async function valuesOf(nodes: readonly Node[]) {
  const model = modelOf(nodes);
  const x = float32([1, 2, 3, 4]);
  const whole = await (await openModel(model))({ x });
  const g = GraphBuilder.from(model);
  const y = g.value("y");
  g.output("dx", gradient(g, g.reduceSum(g.mul(y, y)), [g.value("x")])[0]!);
  const { y: apart, dx } = await (await openModel(g.build()))({ x });
  expect(apart).toEqual(whole.y);
  return { y: Array.from(apart!.data as Float32Array), dx: Array.from(dx!.data as Float32Array) };
}

it("takes a part of given lengths out of a sequence", async () => {
  const split = node("SplitToSequence", ["x", "lengths"], ["parts"]);
  expect(await valuesOf([split, node("SequenceAt", ["parts", "last"], ["y"])])).toEqual({
    y: [2, 3, 4],
    dx: [0, 4, 6, 8],
  });
});

it("joins what was put together, inserted and erased", async () => {
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x", "two"], ["halves"]),
    node("SequenceAt", ["halves", "second"], ["half"]),
    node("SequenceInsert", ["halves", "half", "first"], ["three"]),
    node("SequenceErase", ["three", "second"], ["swapped"]),
    node("SequenceConstruct", ["half"], ["single"]),
    node("SequenceInsert", ["swapped", "half"], ["more"]),
    node("SequenceErase", ["more"], ["less"]),
    node("ConcatFromSequence", ["less"], ["y"], { axis: int(0), new_axis: int(1) }),
  ]);
  expect({ y, dx }).toEqual({ y: [3, 4, 3, 4], dx: [0, 0, 12, 16] });
});

it("counts what is in a sequence, and drops the axis along which it was split", async () => {
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x"], ["numbers"], { keepdims: int(0) }),
    node("SequenceLength", ["numbers"], ["count"]),
    node("Cast", ["count"], ["factor"], { to: int(1) }),
    node("SequenceAt", ["numbers", "second"], ["number"]),
    node("Mul", ["number", "factor"], ["y"]),
  ]);
  expect({ y, dx }).toEqual({ y: [8], dx: [0, 64, 0, 0] });
});

/** The encoded type of a sequence of float32 tensors. */
const listOfFloats = Uint8Array.of(0x22, 6, 0x0a, 4, 0x0a, 2, 0x08, 1);

type Inputs = Graph["inputs"];

const graphOf = (nodes: readonly Node[], inputs: Inputs, outputs: readonly (string | ValueInfo)[]): Attribute => ({
  kind: "graph",
  value: {
    name: "body",
    nodes,
    inputs,
    outputs: outputs.map((output) =>
      typeof output === "string" ? { name: output, dtype: "float32", shape: undefined } : output,
    ),
    initializers: new Map(),
    values: [],
  },
});

it("reads sequences from the bodies of an If, whether its condition is known or not", async () => {
  const joined = (axis: number) =>
    graphOf(
      [node("ConcatFromSequence", ["halves"], [`joined${axis}`], { axis: int(axis), new_axis: int(1) })],
      [],
      [`joined${axis}`],
    );
  const branches = { then_branch: joined(0), else_branch: joined(1) };
  const split = node("SplitToSequence", ["x", "two"], ["halves"]);
  const known = [split, node("Size", ["x"], ["size"]), node("Equal", ["size", "two"], ["isPair"])];
  const fed = [
    split,
    node("ReduceSum", ["x"], ["sum"], { keepdims: int(0) }),
    node("Greater", ["sum", "zero"], ["isPair"]),
  ];
  const end = [
    node("If", ["isPair"], ["rows"], branches),
    node("ReduceSum", ["rows", "axes"], ["y"], { keepdims: int(0) }),
  ];
  expect(await valuesOf([...known, ...end])).toEqual({ y: [3, 7], dx: [6, 6, 14, 14] });
  expect(await valuesOf([...fed, ...end])).toEqual({ y: [4, 6], dx: [8, 12, 8, 12] });
});

it("applies a body to each tensor of a sequence", async () => {
  const floats: Inputs = ["part", "other"].map((name) => ({ name, dtype: "float32", shape: [2] }));
  const body = graphOf([node("Mul", ["part", "other"], ["product"])], floats, ["product"]);
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x", "two"], ["halves"]),
    node("SequenceAt", ["halves", "last"], ["half"]),
    node("SequenceMap", ["halves", "half"], ["products"], { body }),
    node("ConcatFromSequence", ["products"], ["y"], { axis: int(0) }),
  ]);
  expect({ y, dx }).toEqual({ y: [3, 8, 9, 16], dx: [18, 64, 114, 288] });
});

it("writes out a loop that carries a sequence", async () => {
  const nodes = [
    node("Add", ["i", "second"], ["next"]),
    node("Unsqueeze", ["i", "axes"], ["from"]),
    node("Unsqueeze", ["next", "axes"], ["to"]),
    node("Slice", ["x", "from", "to"], ["element"]),
    node("SequenceInsert", ["list", "element", "first"], ["longer"]),
    node("Identity", ["goesOn"], ["stays"]),
    node("Identity", ["element"], ["row"]),
  ];
  const goesOn = { name: "goesOn", dtype: "bool", shape: [] } as const;
  const list = { name: "list", dtype: "float32", shape: undefined, foreign: listOfFloats } as const;
  const inputs: Inputs = [{ name: "i", dtype: "int64", shape: [] }, goesOn, list];
  const { y, dx } = await valuesOf([
    node("SequenceEmpty", [], ["none"]),
    node("Loop", ["thrice", "", "none"], ["list3", "rows"], {
      body: graphOf(nodes, inputs, [{ ...goesOn, name: "stays" }, { ...list, name: "longer" }, "row"]),
    }),
    node("ConcatFromSequence", ["list3"], ["flat"], { axis: int(0) }),
    node("Squeeze", ["rows", "columns"], ["straight"]),
    node("Mul", ["flat", "straight"], ["y"]),
  ]);
  expect({ y, dx }).toEqual({ y: [3, 4, 3], dx: [36, 32, 12, 0] });
});

it("takes from any place if the tensors have one shape", async () => {
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x", "two"], ["halves"]),
    node("Cast", ["x"], ["places"], { to: int(7) }),
    node("ReduceMin", ["places"], ["place"], { keepdims: int(0) }),
    node("SequenceAt", ["halves", "place"], ["y"]),
  ]);
  expect({ y, dx }).toEqual({ y: [3, 4], dx: [0, 0, 6, 8] });
});

it("says which sequence only a run tells", () => {
  const nodes = [
    node("SplitToSequence", ["x", "lengths"], ["parts"]),
    node("Cast", ["x"], ["places"], { to: int(7) }),
    node("ReduceMin", ["places"], ["place"], { keepdims: int(0) }),
    node("SequenceAt", ["parts", "place"], ["y"]),
  ];
  expect(() => GraphBuilder.from(modelOf(nodes))).toThrow(expect.objectContaining({ code: "onnx/dynamic-sequence" }));
});

it("gives an output for each tensor of a sequence that a model puts out", () => {
  const g = GraphBuilder.from(modelOf([node("SplitToSequence", ["x", "two"], ["y"])]));
  expect(g.outputs.map(({ name, value }) => [name, value.shape])).toEqual([
    ["y_0", [2]],
    ["y_1", [2]],
  ]);
});
