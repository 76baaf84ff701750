import { float32, int64, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { tensorOfNumbers } from "../constant-tensor.ts";
import type { Attribute, Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { evaluateNode } from "./evaluate-node.ts";

const int = (value: number): Attribute => ({ kind: "int", value });
const ints = (value: readonly number[]): Attribute => ({ kind: "ints", value });
const bool = (values: readonly number[]): Tensor => new Tensor("bool", Uint8Array.from(values), [values.length]);
const int32 = (values: readonly number[]): Tensor => new Tensor("int32", Int32Array.from(values), [values.length]);
const half = (values: readonly number[]): Tensor => tensorOfNumbers("float16", values, [values.length]);
const grid = int64([1, 2, 3, 4, 5, 6], [2, 3]);
const far = 2 ** 53;

const samples: readonly (readonly [op: string, inputs: readonly Tensor[], attributes?: Record<string, Attribute>])[] = [
  ["Neg", [grid]],
  ["Abs", [int64([-3, 3])]],
  ["Floor", [float32([1.5, -1.5])]],
  ["Ceil", [float32([1.5, -1.5])]],
  ["Sqrt", [float32([2, 9])]],
  ["Reciprocal", [float32([3, 9])]],
  ["Sign", [int64([-3, 0, 4])]],
  ["Not", [bool([0, 1])]],
  ["Add", [grid, int64([10, 20, 30])]],
  ["Sub", [int64([10], [1, 1]), grid]],
  ["Mul", [float32([0.1, 0.2]), float32([3, 7])]],
  ["Div", [int64([7, -7]), int64([2, 2])]],
  ["Div", [int32([7, -7]), int32([2, 2])]],
  ["Div", [float32([1, 2]), float32([3, 3])]],
  ["Mod", [int64([7, -7, 7, -7]), int64([3, 3, -3, -3])]],
  ["Pow", [int64([2, 3]), int64([10, 4])]],
  ["Min", [grid, int64([2])]],
  ["Max", [grid, int64([2])]],
  ["And", [bool([0, 0, 1, 1]), bool([0, 1, 0, 1])]],
  ["Or", [bool([0, 0, 1, 1]), bool([0, 1, 0, 1])]],
  ["Xor", [bool([0, 0, 1, 1]), bool([0, 1, 0, 1])]],
  ["Equal", [grid, int64([4])]],
  ["Greater", [grid, int64([4])]],
  ["GreaterOrEqual", [grid, int64([4])]],
  ["Less", [grid, int64([4])]],
  ["LessOrEqual", [grid, int64([4])]],
  ["Cast", [float32([2.9, -2.9])], { to: int(7) }],
  ["Cast", [grid], { to: int(1) }],
  ["Cast", [grid], { to: int(9) }],
  ["Cast", [int64([far])], { to: int(11) }],
  ["CastLike", [float32([2.9, -2.9]), grid]],
  ["Cast", [half([2.9, -2.9])], { to: int(7) }],
  ["Cast", [float32([0.1, 2049, 1e6])], { to: int(10) }],
  ["Div", [half([37, 1]), half([16, 3])]],
  ["Less", [half([-1, 2]), half([1, 1])]],
  ["ReduceMax", [half([-1, -2])]],
  ["Where", [bool([0, 1, 0]), grid, int64([-1])]],
  ["Identity", [grid]],
  ["Gather", [grid, int64([2, -3], [2, 1])], { axis: int(1) }],
  ["Gather", [int64([5, 6, 7]), int64([1], [])]],
  ["Concat", [grid, grid], { axis: int(-1) }],
  ["Concat", [grid, grid], { axis: int(0) }],
  ["Slice", [grid, int64([1]), int64([far]), int64([1])]],
  ["Slice", [grid, int64([-1]), int64([-far]), int64([1]), int64([-2])]],
  ["Transpose", [grid]],
  ["Transpose", [grid.reshape([1, 2, 3])], { perm: ints([2, 0, 1]) }],
  ["Unsqueeze", [grid, int64([0, -1])]],
  ["Squeeze", [int64([1, 2], [1, 2, 1]), int64([0])]],
  ["Squeeze", [int64([1, 2], [1, 2, 1])]],
  ["Reshape", [grid, int64([0, -1, 1])]],
  ["Expand", [int64([1, 2], [2, 1]), int64([3, 1, 2])]],
  ["Tile", [grid, int64([2, 2])]],
  ["NonZero", [int64([0, 1, 1, 0], [2, 2])]],
  ["ConstantOfShape", [int64([2, 2])], { value: { kind: "tensor", value: int64([9]) } }],
  ["ConstantOfShape", [int64([])]],
  ["Range", [int64([1], []), int64([10], []), int64([3], [])]],
  ["Range", [float32([1], []), float32([0], []), float32([-0.25], [])]],
  ["ReduceSum", [grid, int64([-1])], { keepdims: int(0) }],
  ["ReduceSum", [grid]],
  ["ReduceProd", [int64([2, 3, 4])], { keepdims: int(0) }],
  ["ReduceMax", [grid, int64([0])]],
  ["ReduceMin", [grid, int64([0, 1])], { keepdims: int(0) }],
  ["Shape", [grid]],
  ["Shape", [grid], { start: int(-1) }],
  ["Size", [grid]],
];

/** A model of one node whose inputs are stored. */
function modelOf(op: string, tensors: readonly Tensor[], attributes: Record<string, Attribute>): Model {
  const inputs = tensors.map((_, i) => `in${i}`);
  const node: Node = { op, domain: "", name: "", inputs, outputs: ["out"], attributes };
  const initializers = new Map(tensors.map((tensor, i) => [`in${i}`, storeTensor(tensor)]));
  const outputs = [{ name: "out", ...evaluate(op, tensors, attributes)! }];
  const graph = { name: "g", nodes: [node], inputs: [], outputs, initializers, values: [] };
  return { irVersion: 10, opsets: { "": 21 }, producer: "", metadata: {}, graph };
}

const evaluate = (op: string, tensors: readonly Tensor[], attributes: Record<string, Attribute>): Tensor | undefined =>
  evaluateNode({ op, domain: "", attributes, types: tensors, outputCount: 1, constant: (i) => tensors[i] })?.[0];

describe("evaluateNode", () => {
  it("splits a shape into its lengths", () => {
    const split = (types: readonly Tensor[], outputCount: number) =>
      evaluateNode({ op: "Split", domain: "", attributes: {}, types, outputCount, constant: (i) => types[i] });
    expect(split([int64([2, 3, 4, 5]), int64([1, 3])], 2)).toEqual([int64([2]), int64([3, 4, 5])]);
    expect(split([int64([2, 3, 4, 5, 6])], 2)).toEqual([int64([2, 3, 4]), int64([5, 6])]);
    expect(split([int64([2, 3, 4]), int64([1, 1])], 2)).toBeUndefined();
  });

  for (const [op, inputs, attributes = {}] of samples) {
    it(`gives what the runtime gives: ${op} of ${inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(", ")}`, async () => {
      const expected = (await (await openModel(modelOf(op, inputs, attributes)))({})).out!;
      expect(evaluate(op, inputs, attributes)).toEqual(expected);
    });
  }

  it("knows nothing of lengths that are symbolic", () => {
    const x = { dtype: "float32", shape: ["batch", 3] } as const;
    const request = { op: "Shape", domain: "", types: [x], outputCount: 1, constant: () => undefined };
    expect(evaluateNode({ ...request, attributes: {} })).toBeUndefined();
    expect(evaluateNode({ ...request, attributes: { start: int(1) } })?.[0]).toEqual(int64([3]));
  });

  it("leaves long results, divisions by zero and other domains to the runtime", () => {
    expect(evaluate("ConstantOfShape", [int64([2 ** 40])], {})).toBeUndefined();
    expect(evaluate("Expand", [grid, int64([1000, 2, 3])], {})?.size).toBe(6000);
    expect(evaluate("Expand", [grid, int64([100_000, 2, 3])], {})).toBeUndefined();
    expect(evaluate("Tile", [grid, int64([2 ** 30, 2 ** 30])], {})).toBeUndefined();
    expect(evaluate("Range", [int64([0], []), int64([far], []), int64([1], [])], {})).toBeUndefined();
    expect(evaluate("Div", [int64([1]), int64([0])], {})).toBeUndefined();
    expect(evaluate("Gather", [grid, int64([7])], {})).toBeUndefined();
    expect(
      evaluateNode({
        op: "Add",
        domain: "own",
        attributes: {},
        types: [grid, grid],
        outputCount: 1,
        constant: () => grid,
      }),
    ).toBeUndefined();
  });
});
