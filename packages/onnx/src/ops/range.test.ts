import { float64 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { range } from "./range.ts";

const scalar = (value: number, isConstant: boolean) =>
  ({ shape: [], dtype: "int64", values: [value], isConstant }) as const;
const whole = { hasGradient: false };

checkOp(range, [
  { title: "known bounds", inputs: [scalar(2, true), scalar(11, true), scalar(3, true)], ...whole },
  { title: "downwards", inputs: [scalar(5, true), scalar(0, true), scalar(-2, true)], ...whole },
  {
    title: "a bound known when the graph runs",
    inputs: [scalar(0, true), scalar(4, false), scalar(1, true)],
    ...whole,
  },
]);

it("gives a start and a step that are fed what moves with them", async () => {
  const g = new GraphBuilder();
  const [start, end, step] = ["start", "end", "step"].map((name) => g.input(name, "float64", []));
  const y = g.reshape(g.op("Range", [start, end, step]), [4]);
  const loss = g.reduceSum(g.mul(y, g.constant(float64([1, 10, 100, 1000]))));
  for (const [i, slope] of gradient(g, loss, [start!, end!, step!]).entries()) g.output(`slope${i}`, slope);
  const feeds = { start: float64([0.5], []), end: float64([1.4], []), step: float64([0.25], []) };
  const { slope0, slope1, slope2 } = await (await openModel(g.build()))(feeds);
  expect([slope0, slope1, slope2].map((slope) => slope!.data[0])).toEqual([1111, 0, 10 + 200 + 3000]);
});
