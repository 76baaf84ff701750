import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { clip } from "./clip.ts";

checkOp(clip, [
  {
    title: "both bounds",
    inputs: [
      { shape: [3, 4] },
      { shape: [], values: [-1], isConstant: true },
      { shape: [], values: [1], isConstant: true },
    ],
  },
  { title: "no upper bound", inputs: [{ shape: [3, 4] }, { shape: [], values: [-1], isConstant: true }] },
  {
    title: "no lower bound",
    inputs: [{ shape: [3, 4] }, undefined, { shape: [], values: [1], isConstant: true }],
  },
  {
    title: "bounds that cross",
    inputs: [{ shape: [3, 4] }, { shape: [], values: [1] }, { shape: [], values: [-1] }],
  },
  {
    title: "bounds that are learned",
    inputs: [{ shape: [3, 4] }, { shape: [], values: [-1] }, { shape: [], values: [1] }],
  },
]);

it("holds what lies on a bound, as Relu does, and moves a learned bound that is met", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [5]);
  const low = g.input("low", "float32", []);
  const slopes = gradient(g, g.reduceSum(g.op("Clip", [x, low, g.constant(6)])), [x, low]);
  for (const [i, slope] of slopes.entries()) g.output(`slope${i}`, slope);
  const run = await openModel(g.build());
  const results = await run({ x: float32([-1, 0, 3, 6, 7]), low: float32([0], []) });
  expect(results).toEqual({ slope0: float32([0, 0, 1, 0, 0]), slope1: float32([2], []) });
});
