import { float32, Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import { descent } from "./testing/descent.ts";
import type { StepDefinition } from "./training-step.ts";

const random = Random.from(4);
const draw = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

/** The mean of the squared scores of all tokens that are no padding. */
const definition: StepDefinition = {
  inputs: {
    ids: { dtype: "int64", shape: ["batch", "tokens"], padding: 3 },
    isToken: { dtype: "float32", shape: ["batch", "tokens"], isMask: true },
  },
  parameters: { table: draw([10, 8]), w: draw([8, 1]) },
  optimizer: descent,
  build(g, { inputs: { ids, isToken }, parameters: { table, w } }) {
    const scores = g.mul(g.reduceSum(g.matMul(g.gather(table!, ids!), w!), [2]), isToken!);
    return { loss: g.div(g.reduceSum(g.mul(scores, scores)), g.reduceSum(isToken!)) };
  },
};
const batchOf = (rows: number, tokens: number) => ({
  ids: new Tensor(
    "int64",
    BigInt64Array.from({ length: rows * tokens }, () => BigInt(random.integer(10))),
    [rows, tokens],
  ),
});
const lengths = [
  [4, 5],
  [4, 7],
  [3, 5],
  [4, 12],
  [1, 1],
] as const;
const batches = lengths.map(([rows, tokens]) => batchOf(rows, tokens));
const options = { learningRate: 0.1 };
const open = (more: Parameters<typeof compileStep>[1] = {}) => compileStep(definition, { threads: 1, ...more });

describe("a step whose batches change their lengths", () => {
  it("compiles a graph for each, over the same parameters", async () => {
    await using step = await open();
    expect(step.graphCount).toBe(0);
    const first = await step.run(batches[0]!, options);
    for (const batch of batches) await step.run(batch, options);
    expect(step.graphCount).toBe(5);
    expect((await step.run(batches[0]!, options)).loss).toBeLessThan(first.loss);
    expect((await step.snapshot()).step).toBe(7);
  });

  it.each([
    ["given buckets", { batch: [4], tokens: [8, 16] }, 2],
    ["powers of two", { batch: "powers of two", tokens: "powers of two" }, 3],
  ] as const)("computes the same in %s, and compiles fewer", async (_, buckets, count) => {
    await using exact = await open();
    await using padded = await open({ buckets });
    const expected = await exact.runMany(batches, options);
    for (const [i, { loss }] of (await padded.runMany(batches, options)).entries())
      expect(loss).toBeCloseTo(expected[i]!.loss, 5);
    expect(padded.graphCount).toBe(count);
    const { states } = await padded.snapshot();
    for (const [name, { data }] of Object.entries((await exact.snapshot()).states))
      for (const [i, value] of data.entries()) expect(states[name]!.data[i]).toBeCloseTo(value, 5);
  });

  it("closes the graphs that were used longest ago", async () => {
    await using many = await open();
    await using few = await open({ maxGraphs: 2 });
    const twice = [...batches, ...batches];
    const expected = await many.runMany(twice, options);
    expect(await few.runMany(twice, options)).toEqual(expected);
    expect(few.graphCount).toBe(2);
    expect(await few.snapshot()).toEqual(await many.snapshot());
  });

  it("goes on bit for bit from a snapshot, whatever comes first", async () => {
    await using before = await open();
    await before.run(batches[0]!, options);
    const snapshot = structuredClone(await before.snapshot());
    await before.run(batches[1]!, options);
    await using after = await open();
    await after.restore(snapshot);
    expect(await after.snapshot()).toEqual(snapshot);
    await after.run(batches[1]!, options);
    expect(await after.snapshot()).toEqual(await before.snapshot());
  });

  it("shows what it starts from before there is a graph", async () => {
    await using step = await open();
    expect(await step.snapshot()).toEqual({ step: 0, states: definition.parameters });
  });

  it("keeps the order of steps that are asked for at once", async () => {
    await using one = await open();
    await using other = await open({ maxGraphs: 1 });
    for (const batch of batches) await one.run(batch, options);
    await Promise.all(batches.map((batch) => other.run(batch, options)));
    expect(await other.snapshot()).toEqual(await one.snapshot());
  });

  it("reads the weight in the order that the first graph chose", async () => {
    // 100 positions are a product of rows that wants the weight transposed, 144 are a convolution that takes it as it is.
    const convolution: StepDefinition = {
      inputs: { x: { dtype: "float32", shape: [2, 16, "height", "height"] } },
      parameters: { w: draw([16, 16, 3, 3]) },
      optimizer: descent,
      build(g, { inputs, parameters: { w } }) {
        const y = g.op("Conv", [inputs.x, w], { pads: [1, 1, 1, 1] });
        return { loss: g.reduceMean(g.mul(y, y)) };
      },
    };
    const pictures = [draw([2, 16, 10, 10]), draw([2, 16, 12, 12])] as const;
    const train = async (first: 0 | 1) => {
      await using step = await compileStep(convolution, { threads: 1 });
      const start = await step.snapshot();
      await step.run({ x: pictures[first] }, options);
      const { orders } = await step.snapshot();
      await step.restore(start);
      for (const x of pictures) await step.run({ x }, options);
      return { orders, w: (await step.snapshot()).states.w! };
    };
    const [a, b] = [await train(0), await train(1)];
    expect([Object.keys(a.orders!), Object.keys(b.orders!)]).toEqual([["w"], []]);
    for (const [i, value] of a.w.data.entries()) expect(b.w.data[i]).toBeCloseTo(value, 4);
  });

  it("names an input whose lengths do not agree with those of another", async () => {
    await using step = await compileStep({
      ...definition,
      inputs: { ...definition.inputs, y: { dtype: "float32", shape: ["batch"] } },
    });
    await expect(step.run({ ...batches[0]!, y: draw([5]) }, options)).rejects.toMatchObject({
      code: "runtime/input",
      message: "TrainingStep: expected the input y to be float32 [4], got float32 [5]",
    });
  });

  it("names a batch that is longer than every bucket", async () => {
    await using step = await open({ buckets: { tokens: [4, 6] } });
    await expect(step.run(batches[3]!, options)).rejects.toMatchObject({ code: "runtime/bucket" });
    await step.run(batches[0]!, options);
    expect((await step.snapshot()).step).toBe(1);
  });
});
