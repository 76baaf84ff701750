import { float32, Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { type CompileStepOptions, compileStep } from "./compile-step.ts";
import type { Optimizer } from "./optimizer.ts";
import type { StepDefinition } from "./training-step.ts";

const velocityOf = ({ shape }: { readonly shape: readonly number[] }) => ({
  velocity: float32(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape),
});
/** Kernels compute it. */
const momentum: Optimizer = {
  name: "momentum",
  slots: velocityOf,
  update(g, { parameter, gradient, slots, learningRate }) {
    const velocity = g.add(g.mul(slots.velocity!, 0.9), gradient);
    return { parameter: g.sub(parameter, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};
/** It looks at all elements at once, and is a graph. */
const normalised: Optimizer = {
  name: "normalised",
  slots: velocityOf,
  update(g, { parameter, gradient, slots, learningRate, step }) {
    const norm = g.sqrt(g.add(g.reduceSum(g.mul(gradient, gradient)), 0.1));
    const velocity = g.add(g.mul(slots.velocity!, 0.9), g.div(gradient, norm));
    return { parameter: g.sub(parameter, g.mul(velocity, g.div(learningRate, step))), slots: { velocity } };
  },
};
const random = Random.from(8);
const draw = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const [table, inner, outer] = [draw([20, 4]), draw([4, 8]), draw([8, 1])];

/** Rows of a table through a small network; the batch may be of any length. */
const definition: StepDefinition = {
  inputs: { ids: { dtype: "int64", shape: ["batch"] }, y: { dtype: "float32", shape: ["batch", 1] } },
  parameters: { table, inner, outer },
  buffers: { batches: float32([0], [1]) },
  optimizer: momentum,
  build(g, { inputs: { ids, y }, parameters, buffers: { batches } }) {
    const hidden = g.relu(g.matMul(g.gather(parameters.table!, ids!), parameters.inner!));
    const error = g.sub(g.matMul(hidden, parameters.outer!), y!);
    return { loss: g.reduceMean(g.mul(error, error)), metrics: { error }, buffers: { batches: g.add(batches!, 1) } };
  },
};
const batches = Array.from({ length: 12 }, () => ({
  ids: new Tensor(
    "int64",
    BigInt64Array.from({ length: 6 }, () => BigInt(random.integer(20))),
    [6],
  ),
  y: draw([6, 1]),
}));
/** Three batches as one. */
const joined = (from: number) => {
  const three = batches.slice(from, from + 3);
  return {
    ids: new Tensor(
      "int64",
      BigInt64Array.from(three.flatMap(({ ids }) => Array.from(ids.data as BigInt64Array))),
      [18],
    ),
    y: float32(
      three.flatMap(({ y }) => Array.from(y.data)),
      [18, 1],
    ),
  };
};
const cases: readonly (readonly [string, Partial<StepDefinition>])[] = [
  ["kernels", {}],
  ["an optimizer that is a graph", { optimizer: normalised }],
  ["a sparse table", { sparse: ["table"] }],
  ["kernels, clipped", { clipNorm: 0.5 }],
  ["an optimizer that is a graph, clipped", { optimizer: normalised, clipNorm: 0.5 }],
  ["a sparse table, clipped", { sparse: ["table"], clipNorm: 0.5 }],
];
const options = { learningRate: 0.05 };

describe.each(cases)("gradient accumulation with %s", (_, change) => {
  const open = (more: CompileStepOptions) => compileStep({ ...definition, ...change }, { threads: 2, ...more });

  it("updates as one batch of all rows does", async () => {
    await using whole = await compileStep({ ...definition, ...change });
    await using parts = await open({ accumulate: 3 });
    for (let i = 0; i < 12; i += 3) {
      const { loss } = await whole.run(joined(i), options);
      const results = await parts.runMany(batches.slice(i, i + 3), options);
      expect(results.map(({ metrics }) => metrics.error!.shape)).toEqual([
        [6, 1],
        [6, 1],
        [6, 1],
      ]);
      expect(results.reduce((sum, each) => sum + each.loss, 0) / 3).toBeCloseTo(loss, 4);
    }
    const { states, step } = await parts.snapshot();
    expect(step).toBe(4);
    expect(states.batches!.data[0]).toBe(12);
    for (const [name, { data }] of Object.entries((await whole.snapshot()).states))
      if (name !== "batches")
        for (const [i, value] of data.entries()) expect(states[name]!.data[i]).toBeCloseTo(value, 4);
  });

  it("goes on bit for bit from a snapshot between two batches", async () => {
    await using whole = await open({ accumulate: 3 });
    for (const batch of batches) await whole.run(batch, options);
    await using before = await open({ accumulate: 3 });
    for (const batch of batches.slice(0, 5)) await before.run(batch, options);
    const snapshot = structuredClone(await before.snapshot());
    expect(snapshot.accumulated?.count).toBe(2);
    await using after = await open({ accumulate: 3 });
    await after.restore(snapshot);
    for (const batch of batches.slice(5)) await after.run(batch, options);
    expect(await after.snapshot()).toEqual(await whole.snapshot());
  });
});
