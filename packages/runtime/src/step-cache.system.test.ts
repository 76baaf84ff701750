import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, Random, sizeOf } from "@athanor/core";
import { stopGradient } from "@athanor/onnx";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { caches } from "#cache";
import { compileStep } from "./compile-step.ts";
import type { Optimizer } from "./optimizer.ts";
import type { StepDefinition } from "./training-step.ts";

const random = Random.from(2);
const draw = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
  );
const descent = (factor: number): Optimizer => ({
  name: "descent",
  slots: () => ({}),
  update: (g, { parameter, gradient, learningRate }) => ({
    parameter: g.sub(parameter, g.mul(gradient, g.mul(learningRate, factor))),
    slots: {},
  }),
});
const normalised = (limit: number): Optimizer => ({
  name: "normalised",
  slots: () => ({}),
  update: (g, { parameter, gradient, learningRate }) => ({
    parameter: g.sub(parameter, g.mul(g.div(gradient, g.add(g.reduceSum(g.abs(gradient)), limit)), learningRate)),
    slots: {},
  }),
});
const frozen = draw(24, 24);

/** A table, a frozen layer and a trained one. */
const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: ["batch", 24] } },
  parameters: { w: draw(24, 8) },
  optimizer: descent(1),
  build(g, { inputs: { x }, parameters: { w } }) {
    const y = g.matMul(g.tanh(g.matMul(x!, g.initializer("frozen", frozen))), w!);
    return { loss: g.reduceMean(g.mul(y, y)) };
  },
};
const batch = { x: draw(4, 24) };
let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "athanor-cache-"));
  onTestFinished(() => rm(cache, { recursive: true }));
});

async function train(of: StepDefinition, more: Parameters<typeof compileStep>[1] = {}) {
  await using step = await compileStep(of, { threads: 1, cache, ...more });
  const losses = [];
  for (let i = 0; i < 3; i++) losses.push((await step.run(batch, { learningRate: 0.1 })).loss);
  return { losses, derived: step.derivedCount, snapshot: await step.snapshot() };
}

describe("a step with a cache", () => {
  it("differentiates nothing the second time, and trains bit for bit the same", async () => {
    const first = await train(definition);
    const second = await train(definition);
    expect([first.derived, second.derived]).toEqual([1, 0]);
    expect(second).toEqual({ ...first, derived: 0 });
  });

  it("derives a graph again that the runtime refuses to load, and keeps that", async () => {
    const withoutFrozen: StepDefinition = {
      ...definition,
      build: (g, { inputs: { x }, parameters: { w } }) => ({ loss: g.reduceMean(g.tanh(g.matMul(x!, w!))) }),
    };
    const first = await train(withoutFrozen);
    const [file] = await readdir(cache);
    const key = file!.slice(0, -".graph".length);
    const kept = caches.open(cache);
    const content = (await kept.read(key))!;
    await kept.write(key, content.fill(0, content.indexOf("\n".charCodeAt(0)) + 1));
    expect(await train(withoutFrozen)).toEqual(first);
    expect((await train(withoutFrozen)).derived).toBe(0);
  });

  it("keeps no weights", async () => {
    await train(definition);
    const [file] = await readdir(cache);
    expect((await stat(join(cache, file!))).size).toBeLessThan(4 * frozen.size + 2000);
    const bytes = await readFile(join(cache, file!));
    expect(bytes.includes(Buffer.from(frozen.data.buffer, 0, 256))).toBe(false);
  });

  it.each([
    ["another optimizer", { ...definition, optimizer: descent(2) }],
    ["an optimizer that is a graph", { ...definition, optimizer: normalised(1) }],
    ["clipping", { ...definition, clipNorm: 1 }],
    [
      "another frozen weight",
      {
        ...definition,
        build(g, { inputs: { x }, parameters: { w } }) {
          const weight = float32(
            frozen.data.map((value, i) => (i === 500 ? value + 1 : value)),
            [24, 24],
          );
          const y = g.matMul(g.tanh(g.matMul(x!, g.initializer("frozen", weight))), w!);
          return { loss: g.reduceMean(g.mul(y, y)) };
        },
      },
    ],
  ] as const satisfies readonly (readonly [string, StepDefinition])[])("tells %s apart", async (_, other) => {
    await train(definition);
    const first = await train(other);
    expect([first.derived, (await train(other)).derived]).toEqual([1, 0]);
  });

  it("tells apart where gradients are stopped", async () => {
    const stoppedAt = (place: number): StepDefinition => ({
      ...definition,
      build(g, { inputs: { x }, parameters: { w } }) {
        const y = g.matMul(x!, w!);
        const [a, b] = [y, g.tanh(y)].map((each, i) => (i === place ? stopGradient(g, each) : g.identity(each)));
        return { loss: g.reduceMean(g.mul(a!, b!)) };
      },
    });
    await train(stoppedAt(0));
    expect((await train(stoppedAt(1))).derived).toBe(1);
  });

  it("tells optimizers apart that are graphs", async () => {
    await train({ ...definition, optimizer: normalised(1) });
    expect((await train({ ...definition, optimizer: normalised(2) })).derived).toBe(1);
  });

  it("differentiates again what is broken in the folder", async () => {
    const { losses } = await train(definition);
    const [file] = await readdir(cache);
    const bytes = await readFile(join(cache, file!));
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(join(cache, file!), bytes);
    expect(await train(definition)).toMatchObject({ losses, derived: 1 });
    expect(await train(definition)).toMatchObject({ losses, derived: 0 });
  });

  it("finds what it accumulates with", async () => {
    const first = await train(definition, { accumulate: 2 });
    const second = await train(definition, { accumulate: 2 });
    expect(second).toEqual({ ...first, derived: 0 });
  });
});
