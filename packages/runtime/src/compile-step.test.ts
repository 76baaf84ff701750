import { float32, Random } from "@athanor/core";
import { region } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import type { Optimizer } from "./optimizer.ts";
import type { StepDefinition } from "./training-step.ts";

const descent: Optimizer = {
  name: "momentum",
  slots: ({ shape }) => ({ velocity: float32(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape) }),
  update(g, { parameter, gradient, slots, learningRate }) {
    const velocity = g.add(g.mul(slots.velocity!, 0.9), gradient);
    return { parameter: g.sub(parameter, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};

/** Least squares of y = 2 a − b on four rows. */
const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: [4, 2] }, y: { dtype: "float32", shape: [4, 1] } },
  parameters: { w: float32([0, 0], [2, 1]) },
  buffers: { seen: float32([0], [1]) },
  optimizer: descent,
  build(g, { inputs: { x, y }, parameters: { w }, buffers: { seen } }) {
    const error = g.sub(g.matMul(x!, w!), y!);
    return { loss: g.reduceMean(g.mul(error, error)), metrics: { error }, buffers: { seen: g.add(seen!, 4) } };
  },
};

function batch(seed: number) {
  const random = Random.from(seed);
  const x = Float32Array.from({ length: 8 }, () => random.normal());
  return {
    x: float32(x, [4, 2]),
    y: float32(
      [0, 1, 2, 3].map((i) => 2 * x[2 * i]! - x[2 * i + 1]!),
      [4, 1],
    ),
  };
}

describe("compileStep", () => {
  it("learns, and reports loss and metrics of each step", async () => {
    await using step = await compileStep(definition);
    const first = await step.run(batch(0), { learningRate: 0.05 });
    for (let i = 1; i < 200; i++) await step.run(batch(i), { learningRate: 0.05 });
    const last = await step.run(batch(200), { learningRate: 0.05 });
    expect(last.loss).toBeLessThan(first.loss * 1e-4);
    expect(last.metrics.error!.shape).toEqual([4, 1]);
    const { w, seen } = step.snapshot().states;
    expect(w!.data[0]).toBeCloseTo(2, 3);
    expect(w!.data[1]).toBeCloseTo(-1, 3);
    expect(seen!.data[0]).toBe(4 * 201);
  });

  it("resumes bit for bit from a snapshot, in a new worker", async () => {
    await using whole = await compileStep(definition);
    for (let i = 0; i < 10; i++) await whole.run(batch(i), { learningRate: 0.05 });
    await using before = await compileStep(definition);
    for (let i = 0; i < 5; i++) await before.run(batch(i), { learningRate: 0.05 });
    await using after = await compileStep(definition);
    after.restore(structuredClone(before.snapshot()));
    for (let i = 5; i < 10; i++) await after.run(batch(i), { learningRate: 0.05 });
    expect(after.snapshot()).toEqual(whole.snapshot());
  });

  it("stops between batches when a signal aborts", async () => {
    await using step = await compileStep(definition);
    const controller = new AbortController();
    const batches = Array.from({ length: 5000 }, () => batch(0));
    const run = step.runMany(batches, { learningRate: 0.1, signal: controller.signal });
    setTimeout(() => controller.abort(), 1);
    await expect(run).rejects.toMatchObject({ name: "AbortError" });
    expect(step.snapshot().step).toBeLessThan(batches.length);
  });

  it("says that a disposed step is closed", async () => {
    const step = await compileStep(definition);
    step[Symbol.dispose]();
    await expect(step.run(batch(0), { learningRate: 0.1 })).rejects.toMatchObject({ code: "runtime/closed" });
  });

  it("runs many batches with one message as it runs them one by one", async () => {
    await using one = await compileStep(definition);
    await using many = await compileStep(definition);
    const batches = [0, 1, 2].map(batch);
    const losses = [];
    for (const each of batches) losses.push((await one.run(each, { learningRate: 0.1 })).loss);
    expect((await many.runMany(batches, { learningRate: 0.1 })).map(({ loss }) => loss)).toEqual(losses);
    expect(many.snapshot()).toEqual(one.snapshot());
  });

  it("clips the gradients' joint norm", async () => {
    await using step = await compileStep({ ...definition, clipNorm: 0.1 });
    await step.run(batch(0), { learningRate: 1 });
    const { w } = step.snapshot().states;
    expect(Math.hypot(...w!.data)).toBeCloseTo(0.1, 5);
  });

  it("learns the same bit for bit when activations are computed again", async () => {
    const deep = (checkpoint: boolean): StepDefinition => ({
      ...definition,
      build(g, { inputs: { x, y }, parameters: { w } }) {
        const squashed = region(g, "squash", () => g.tanh(g.exp(g.tanh(g.matMul(x!, w!)))));
        const error = g.sub(squashed.result, y!);
        const loss = g.reduceMean(g.mul(error, error));
        return { loss, ...(checkpoint ? { checkpoint: [squashed.region] } : {}) };
      },
    });
    await using kept = await compileStep(deep(false));
    await using again = await compileStep(deep(true));
    expect(again.nodeCount).toBeGreaterThan(kept.nodeCount);
    for (const step of [kept, again]) for (let i = 0; i < 5; i++) await step.run(batch(i), { learningRate: 0.05 });
    expect(again.snapshot()).toEqual(kept.snapshot());
  });

  it("names an input of the wrong shape", async () => {
    await using step = await compileStep(definition);
    await expect(step.run({ ...batch(0), y: float32([1]) }, { learningRate: 1 })).rejects.toThrow(
      /input y to be float32 \[4, 1\]/,
    );
  });
});
