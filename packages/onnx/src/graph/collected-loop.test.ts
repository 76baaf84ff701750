import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import type { Model } from "../model.ts";
import { expectCentralDifferences } from "../testing/central-differences.ts";
import { openModel } from "../testing/run-model.ts";
import { tensorOf } from "../testing/tensor-of.ts";
import { GraphBuilder } from "./graph-builder.ts";

/** Puts x[t] ⊙ h behind a state and doubles h, as scripts gather their results. */
function appending(axis: number): Model {
  const g = new GraphBuilder();
  const x = g.input("in0", "float64", [3, 2]);
  const h = g.input("in1", "float64", [2]);
  const first = g.input("in2", "float64", axis === 0 ? [1, 2] : [2, 1]);
  const types = [
    { dtype: "int64", shape: [] },
    { dtype: "bool", shape: [] },
    { dtype: "float64", shape: [2] },
    { dtype: "float64", shape: first.shape.with(axis, "grown") },
  ] as const;
  const body = g.body(types, (inner, [t, goesOn, factor, grown]) => {
    const row = inner.mul(inner.gather(x, t!), factor!);
    const appended = inner.op("Unsqueeze", [row, inner.constant([axis], "int64")]);
    return [goesOn!, inner.mul(factor!, 2), inner.concat([inner.identity(grown!), appended], axis - 2)];
  });
  const [last, all] = g.ops("Loop", [g.constant(3, "int64"), undefined, h, first], { body }, { outputs: 2 });
  g.output("last", last!);
  g.output("all", all!);
  return g.build();
}

it.each([0, 1])("differentiates a loop that appends to a state along axis %d", async (axis) => {
  const model = appending(axis);
  const g = GraphBuilder.from(model);
  const all = g.value("all");
  expect(all.shape).toEqual([4, 2].with(axis, 4).with(1 - axis, 2));
  const loss = g.add(g.reduceSum(g.mul(all, all)), g.reduceSum(g.value("last")));
  const inputs = g.inputs.map(({ name }) => g.value(name));
  for (const [i, slopes] of gradient(g, loss, inputs).entries()) g.output(`grad${i}`, slopes);
  g.output("loss", loss);
  const run = await openModel(g.build());
  const feeds = {
    in0: tensorOf("float64", [0.4, -1.2, 0.9, 1.5, -0.3, 0.2], [3, 2]),
    in1: tensorOf("float64", [0.7, -0.4], [2]),
    in2: tensorOf("float64", [1.1, 0.3], axis === 0 ? [1, 2] : [2, 1]),
  };
  const results = await run(feeds);
  expect(results.all).toEqual((await (await openModel(model))(feeds)).all);
  await expectCentralDifferences({
    results,
    feeds,
    places: [0, 1, 2],
    dtype: "float64",
    evaluate: async (changed) => Number((await run(changed)).loss!.data[0]),
    step: 1e-5,
    tolerance: 1e-6,
  });
});
