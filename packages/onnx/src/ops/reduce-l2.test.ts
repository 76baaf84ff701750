import { float64 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { reduceL2 } from "./reduce-l2.ts";

checkOp(reduceL2, [
  { title: "all axes kept", inputs: [{ shape: [2, 3] }] },
  {
    title: "the last axis dropped",
    inputs: [{ shape: [2, 3] }, { shape: [1], dtype: "int64", values: [-1], isConstant: true }],
    attributes: { keepdims: 0 },
  },
]);

it("gives a vector of zeros the gradient zero", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float64", [3]);
  g.output("dx", gradient(g, g.op("ReduceL2", [x], { keepdims: 0 }), [x])[0]!);
  const { dx } = await (await openModel(g.build()))({ x: float64([0, 0, 0]) });
  expect(dx!.data).toEqual(Float64Array.of(0, 0, 0));
});
