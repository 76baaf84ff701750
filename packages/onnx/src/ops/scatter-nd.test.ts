import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { scatterND } from "./scatter-nd.ts";

const twice = { shape: [3, 1], dtype: "int64", values: [0, 2, 2] } satisfies SampleInput;
const inputs = [{ shape: [3, 2] }, twice, { shape: [3, 2] }];

checkOp(scatterND, [
  { title: "rows added, one twice", inputs, attributes: { reduction: "add" } },
  { title: "rows multiplied, one twice", inputs, attributes: { reduction: "mul" } },
  { title: "the largest kept", inputs, attributes: { reduction: "max" } },
  { title: "the smallest kept", inputs, attributes: { reduction: "min" } },
  {
    title: "elements replaced",
    inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: "int64", values: [0, 1, 2, 0] }, { shape: [2] }],
  },
]);

it("hides scores behind infinity, and gives them no gradient", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [3]);
  const hidden = g.op("ScatterND", [x, g.constant([1], "int64"), g.constant(Number.NEGATIVE_INFINITY)]);
  g.output("dx", gradient(g, g.reduceSum(g.mul(g.softmax(hidden), g.constant([1, 2, 3]))), [x])[0]!);
  const { dx } = await (await openModel(g.build()))({ x: float32([0, 5, 0]) });
  expect(Array.from(dx!.data as Float32Array)).toEqual([-0.5, 0, 0.5]);
});
