import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type OpSample, ofOpenLength, type SampleInput } from "../testing/check-op.ts";
import { pad } from "./pad.ts";

const numbers = (...values: number[]) =>
  ({ shape: [values.length], dtype: "int64", values, isConstant: true }) satisfies SampleInput;

const samples: readonly OpSample[] = [
  {
    title: "margins that only the run tells",
    inputs: [{ shape: [2, 3] }, { ...numbers(1, 0, 0, -1), isConstant: false }],
  },
  {
    title: "mirrored margins that only the run tells",
    inputs: [{ shape: [3, 4] }, { ...numbers(1, 2), isConstant: false }, undefined, numbers(1)],
    attributes: { mode: "reflect" },
  },
  { title: "zeros around", inputs: [{ shape: [2, 3] }, numbers(1, 0, 0, 2)] },
  { title: "a margin cut off", inputs: [{ shape: [2, 4] }, numbers(1, -1, 0, -2)] },
  { title: "a value of its own on one axis", inputs: [{ shape: [2, 3] }, numbers(1, 2), { shape: [] }, numbers(-1)] },
  { title: "mirrored", inputs: [{ shape: [3, 4] }, numbers(2, 1, 0, 3)], attributes: { mode: "reflect" } },
  { title: "edges repeated", inputs: [{ shape: [2, 3] }, numbers(1, 2, 2, 0)], attributes: { mode: "edge" } },
  { title: "wrapped around", inputs: [{ shape: [2, 3] }, numbers(1, 2, 0, 1)], attributes: { mode: "wrap" } },
];
checkOp(pad, [...samples, ...samples.map(ofOpenLength)]);

it("keeps a symbolic length that is not padded", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 3]);
  expect(g.op("Pad", [x, g.constant([0, 1, 0, 1], "int64")]).shape).toEqual(["batch", 5]);
});
