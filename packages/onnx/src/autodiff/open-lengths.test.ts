import { float64, int64, type Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { openModel } from "../testing/run-model.ts";
import { gradient } from "./gradient.ts";

const x = float64([0.4, -1.2, 0.9, 1.5, -0.3, 0.2, -0.8, 1.1, 0.6, 0.1, -0.5, 1.7]).reshape([4, 3]);
const w = float64([0.3, -0.7, 1.1, 0.2, -0.4, 0.8]).reshape([3, 2]);
const b = float64([0.5, -0.1]);

/** What follows a choice of rows in networks that send each row to one of several experts. */
function expert(g: GraphBuilder, rows: Value, [weight, bias]: readonly [Value, Value]): Value {
  const hidden = g.tanh(g.add(g.matMul(rows, weight), bias));
  const centred = g.sub(hidden, g.reduceMean(hidden, [1], true));
  const both = g.concat([centred, g.mul(hidden, g.reduceSum(hidden, [0], true))], 0);
  const last = g.op("Gather", [both, g.constant([-1, 0], "int64")]);
  const largest = g.op("ReduceMax", [both, g.constant([0], "int64")], { keepdims: 0 });
  return g.add(g.add(g.reduceMean(g.mul(both, both)), g.reduceSum(last)), g.reduceSum(largest));
}

async function gradients(choose: (g: GraphBuilder, feed: (rows: Tensor) => Value) => Value) {
  const g = new GraphBuilder();
  const inputs = [
    g.input("x", "float64", [4, 3]),
    g.input("w", "float64", [3, 2]),
    g.input("b", "float64", [2]),
  ] as const;
  const feeds: Record<string, Tensor> = { x, w, b };
  const indices = choose(g, (rows) => {
    feeds.chosen = rows;
    return g.input("chosen", rows.dtype, rows.shape);
  });
  const loss = expert(g, g.op("Gather", [inputs[0], indices]), [inputs[1], inputs[2]]);
  for (const [i, value] of gradient(g, loss, inputs).entries()) g.output(`d${i}`, value);
  const results = await (await openModel(g.build()))(feeds);
  return Object.values(results).map(({ data }) => Array.from(data as Float64Array));
}

it("gives the gradients that known lengths have where only the run tells how many rows there are", async () => {
  const known = await gradients((g) => g.constant(int64([1, 3])));
  const open = await gradients((g, feed) => g.reshape(g.op("NonZero", [feed(int64([0, 5, 0, 7]))]), [-1]));
  for (const [i, values] of open.entries()) {
    expect(values.length).toBe(known[i]!.length);
    for (const [k, value] of values.entries()) expect(value).toBeCloseTo(known[i]![k]!, 12);
  }
});
