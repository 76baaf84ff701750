import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, int64, Random } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { compileStep } from "../compile-step.ts";
import { openSession } from "../open-session.ts";
import type { Optimizer } from "../optimizer.ts";
import type { StepDefinition } from "../training-step.ts";
import { availableDevices } from "./available-devices.ts";
import { type Device, devices } from "./device.ts";
import { resolveDevice } from "./resolve-device.ts";

const reports = await availableDevices();
const webgpu = reports.find(({ device }) => device === "webgpu")!;
const present = reports.filter(({ isAvailable }) => isAvailable).map(({ device }) => device);
const absent = devices.filter((device) => !present.includes(device));

function product() {
  const g = new GraphBuilder();
  g.output("y", g.matMul(g.input("x", "float32", [2, 2]), g.constant(float32([1, 2, 3, 4], [2, 2]))));
  return g.build();
}

describe("devices", () => {
  it("says of each device whether it opens, and why not", () => {
    expect(reports.map(({ device }) => device)).toEqual(devices);
    for (const { isAvailable, reason, speedup } of reports)
      expect([typeof reason, typeof speedup]).toEqual(isAvailable ? ["undefined", "number"] : ["string", "undefined"]);
  });

  it("takes none for auto that is slower than the processor", async () => {
    const { speedup } = reports.find(({ device }) => device === chosen)!;
    expect(speedup).toBeGreaterThanOrEqual(1);
  });

  it.each(present)("runs a graph on %s", async (device) => {
    await using session = await openSession(product(), { device });
    const { y } = await session.run({ x: float32([1, 0, 0, 1], [2, 2]) });
    expect(Array.from(y!.data as Float32Array)).toEqual([1, 2, 3, 4]);
  });

  it.each(absent)("names %s, which is not here, and how to get it", async (device) => {
    const opened = openSession(product(), { device });
    await expect(opened).rejects.toMatchObject({ code: "runtime/device", details: { device } });
    await expect(opened).rejects.toThrow(`expected ${device} to open here`);
  });
});

const chosen = await resolveDevice("auto");

const momentum: Optimizer = {
  name: "momentum",
  slots: ({ shape }) => ({ velocity: float32(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape) }),
  update(g, { parameter, gradient, slots, learningRate }) {
    const velocity = g.add(g.mul(slots.velocity!, 0.9), gradient);
    return { parameter: g.sub(parameter, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};
const random = Random.from(3);
const drawn = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
/** A convolution, a normalisation and a classifier: what a provider lacks is written in other operators. */
const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: [4, 2, 6, 6] }, y: { dtype: "int64", shape: [4] } },
  parameters: { w: drawn(3, 2, 3, 3), scale: drawn(3), bias: drawn(3), v: drawn(27, 5) },
  buffers: { seen: float32([0], [1]) },
  optimizer: momentum,
  build(g, { inputs: { x, y }, parameters: { w, scale, bias, v }, buffers: { seen } }) {
    const conv = g.op("Conv", [x, w], { pads: [1, 1, 1, 1], strides: [2, 2] });
    const statistics = [g.mul(scale!, 0), g.mul(bias!, 0)];
    const attributes = { training_mode: 1, momentum: 0 };
    const [normal] = g.ops("BatchNormalization", [conv, scale, bias, ...statistics], attributes, { outputs: 3 });
    const scores = g.op("Gemm", [g.reshape(g.relu(normal!), [4, 27]), v]);
    return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, y]), buffers: { seen: g.add(seen!, 1) } };
  },
};
const batches = [0, 1, 2, 3].map((i) => ({
  x: drawn(4, 2, 6, 6),
  y: int64([i, 1, 2, 4]),
}));

describe.skipIf(!webgpu.isAvailable)(`a training step on webgpu (${webgpu.reason ?? "present"})`, () => {
  it("learns what it learns on the processor, and resumes bit for bit", async () => {
    await using host = await compileStep(definition);
    await using step = await compileStep(definition, { device: "webgpu" });
    const options = { learningRate: 0.1 };
    for (const batch of batches.slice(0, 2))
      expect((await step.run(batch, options)).loss).toBeCloseTo((await host.run(batch, options)).loss, 4);
    const half = structuredClone(await step.snapshot());
    const rest = async () => (await step.runMany(batches.slice(2), options)).map(({ loss }) => loss);
    const losses = await rest();
    const whole = await step.snapshot();
    expect(whole.states.seen!.data[0]).toBe(4);
    await host.runMany(batches.slice(2), options);
    const { states } = await host.snapshot();
    for (const [name, { data }] of Object.entries(states))
      for (const [i, value] of data.entries()) expect(whole.states[name]!.data[i]).toBeCloseTo(value, 3);
    await step.restore(half);
    expect(await rest()).toEqual(losses);
    expect(await step.snapshot()).toEqual(whole);
  });

  it("finds in a cache what it compiled, and nothing of the processor's", async () => {
    const cache = await mkdtemp(join(tmpdir(), "athanor-cache-"));
    try {
      const derived = async (device: Device) => {
        await using step = await compileStep(definition, { device, cache });
        await step.run(batches[0]!, { learningRate: 0.1 });
        return step.derivedCount;
      };
      expect([await derived("cpu"), await derived("webgpu"), await derived("webgpu")]).toEqual([1, 1, 0]);
    } finally {
      await rm(cache, { recursive: true });
    }
  });
});
