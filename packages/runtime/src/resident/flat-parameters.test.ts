import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { compileStep } from "../compile-step.ts";
import type { Optimizer } from "../optimizer.ts";
import type { StepDefinition } from "../training-step.ts";
import { flatParameters } from "./flat-parameters.ts";

/** Decays matrices only, as many recipes do: such parameters must not be joined with the others. */
const decaying: Optimizer = {
  name: "decaying",
  slots: ({ shape }) => ({ velocity: float32(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), shape) }),
  update(g, { name, parameter, gradient, slots, learningRate }) {
    const velocity = g.add(g.mul(slots.velocity!, 0.9), gradient);
    const kept = name.startsWith("bias") ? parameter : g.mul(parameter, 0.99);
    return { parameter: g.sub(kept, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};
const definition: StepDefinition = {
  inputs: { x: { dtype: "float32", shape: [2, 3] } },
  parameters: {
    a: float32([1, 2, 3, 4, 5, 6], [3, 2]),
    bias0: float32([1, -1], [2]),
    b: float32([1, 0.5], [2, 1]),
    bias1: float32([0.25], [1]),
    lone: float32([2], []),
  },
  optimizer: decaying,
  build(g, { inputs: { x }, parameters: { a, bias0, b, bias1, lone } }) {
    const hidden = g.tanh(g.add(g.matMul(x!, a!), bias0!));
    return { loss: g.reduceMean(g.mul(g.add(g.matMul(hidden, b!), bias1!), lone!)) };
  },
};

describe("flatParameters", () => {
  it("trains as without, and gives the states under their own names", async () => {
    const flat = flatParameters(definition);
    expect(Object.keys(flat.definition.parameters)).toEqual(["flat:0", "flat:1", "lone"]);
    await using plain = await compileStep(definition);
    await using joined = await compileStep(flat.definition);
    const batch = { x: float32([1, 0, -1, 0.5, 2, 1], [2, 3]) };
    for (let i = 0; i < 3; i++) {
      const [expected, given] = [
        await plain.run(batch, { learningRate: 0.1 }),
        await joined.run(batch, { learningRate: 0.1 }),
      ];
      expect(given.loss).toBeCloseTo(expected.loss, 5);
    }
    const { states } = await joined.snapshot();
    const expected = (await plain.snapshot()).states;
    const apart = flat.apart(states);
    expect(Object.keys(apart).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { shape, data }] of Object.entries(expected)) {
      expect(apart[name]!.shape).toEqual(shape);
      for (const [i, value] of data.entries()) expect(apart[name]!.data[i]).toBeCloseTo(value, 5);
    }
    expect(flat.together(apart)).toEqual(states);
  });
});
