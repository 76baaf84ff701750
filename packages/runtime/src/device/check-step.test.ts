import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { compileStep } from "../compile-step.ts";
import type { StepDefinition } from "../training-step.ts";

const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: [2, 2] } },
  parameters: { w: float32([1, 2, 3, 4], [2, 2]) },
  optimizer: {
    name: "descent",
    slots: () => ({}),
    update: (g, { parameter, gradient, learningRate }) => ({
      parameter: g.sub(parameter, g.mul(gradient, learningRate)),
      slots: {},
    }),
  },
  build: (g, { inputs: { x }, parameters: { w } }) => ({ loss: g.reduceMean(g.matMul(x!, w!)) }),
};

describe("what a step cannot do on a device", () => {
  it.each([
    ["webgpu", "the axis rows", { inputs: { x: { dtype: "float32", shape: ["rows", 2] } } }, {}],
    ["webgpu", "accumulate 2", {}, { accumulate: 2 }],
    ["webgpu", "w", { sparse: ["w"] }, {}],
    ["webgpu", "`quantize`", { quantize: { precision: "int8" } }, {}],
    ["cuda", "`quantize`", { quantize: { precision: "int8" } }, {}],
  ] as const)("is said before anything is opened: on %s, %s", async (device, got, changed, options) => {
    const compiled = compileStep({ ...definition, ...changed } as StepDefinition, { ...options, device });
    await expect(compiled).rejects.toMatchObject({ code: "runtime/device-step", details: { device } });
    await expect(compiled).rejects.toThrow(`got ${got}`);
  });
});
