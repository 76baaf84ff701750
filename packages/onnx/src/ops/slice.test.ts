import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { slice } from "./slice.ts";

checkOp(slice, [
  {
    title: "a range",
    inputs: [
      { shape: [4, 3] },
      { shape: [1], dtype: "int64", values: [1], isConstant: true },
      { shape: [1], dtype: "int64", values: [3], isConstant: true },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
    ],
  },
  {
    title: "with steps",
    inputs: [
      { shape: [5, 3] },
      { shape: [2], dtype: "int64", values: [0, 0], isConstant: true },
      { shape: [2], dtype: "int64", values: [5, 3], isConstant: true },
      { shape: [2], dtype: "int64", values: [0, 1], isConstant: true },
      { shape: [2], dtype: "int64", values: [2, 1], isConstant: true },
    ],
  },
  {
    title: "backwards",
    inputs: [
      { shape: [5] },
      { shape: [1], dtype: "int64", values: [-1], isConstant: true },
      { shape: [1], dtype: "int64", values: [-6], isConstant: true },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
      { shape: [1], dtype: "int64", values: [-2], isConstant: true },
    ],
  },
  {
    title: "bounds that only the run tells",
    inputs: [
      { shape: [4, 3] },
      { shape: [1], dtype: "int64", values: [-3] },
      { shape: [1], dtype: "int64", values: [4] },
      { shape: [1], dtype: "int64", values: [0], isConstant: true },
    ],
  },
  {
    title: "axes and steps that only the run tells",
    inputs: [
      { shape: [4, 5] },
      { shape: [2], dtype: "int64", values: [3, 1] },
      { shape: [2], dtype: "int64", values: [-9, 5] },
      { shape: [2], dtype: "int64", values: [0, 1] },
      { shape: [2], dtype: "int64", values: [-2, 2] },
    ],
  },
  {
    title: "of an axis whose length only the run tells",
    inputs: [
      { shape: [5, 3], isOpen: true },
      { shape: [2], dtype: "int64", values: [1, 0], isConstant: true },
      { shape: [2], dtype: "int64", values: [9, 2], isConstant: true },
    ],
  },
  {
    title: "beside an axis whose length only the run tells",
    inputs: [
      { shape: [2, 4], isOpen: true },
      { shape: [1], dtype: "int64", values: [-3], isConstant: true },
      { shape: [1], dtype: "int64", values: [3], isConstant: true },
      { shape: [1], dtype: "int64", values: [1], isConstant: true },
    ],
  },
]);

it.each([1e9, 2 ** 31 - 1, 2 ** 40])("keeps the name of an axis that is cut at %d, which is beyond any end", (end) => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 4]);
  const bounds = [0, end, 0].map((bound) => g.constant([bound], "int64"));
  expect(g.op("Slice", [x, ...bounds]).shape).toEqual(["batch", 4]);
});
