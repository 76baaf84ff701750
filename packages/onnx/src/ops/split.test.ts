import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { split } from "./split.ts";

checkOp(split, [
  {
    title: "given lengths",
    inputs: [{ shape: [2, 5] }, { shape: [2], dtype: "int64", values: [2, 3], isConstant: true }],
    attributes: { axis: 1 },
    outputs: 2,
    lossOf: [0, 1],
  },
  {
    title: "a last part that is smaller, one part read",
    inputs: [{ shape: [7, 2] }],
    attributes: { num_outputs: 3 },
    outputs: 3,
    lossOf: [2],
  },
]);

it("keeps a symbolic length that is not split", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 6]);
  const parts = g.ops("Split", [x], { axis: 1, num_outputs: 2 }, { outputs: 2 });
  expect(parts.map(({ shape }) => shape)).toEqual([
    ["batch", 3],
    ["batch", 3],
  ]);
});

it("says when the parts do not add up", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2, 6]);
  expect(() => g.ops("Split", [x, g.constant([2, 3], "int64")], { axis: 1 }, { outputs: 2 })).toThrow(
    /2 parts that add up to axis 1/,
  );
});

it("wants to be told how many parts to make", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2, 6]);
  expect(() => g.ops("Split", [x], { axis: 1 }, { outputs: 2 })).toThrow(/lengths of the parts or num_outputs 2/);
});
