import { float32, Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import type { Optimizer } from "./optimizer.ts";
import type { StepDefinition } from "./training-step.ts";

const random = Random.from(5);
const table = float32(
  Float32Array.from({ length: 50 * 4 }, () => random.normal()),
  [50, 4],
);
const descent: Optimizer = {
  name: "momentum",
  slots: ({ shape }) => ({ velocity: float32(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape) }),
  update(g, { parameter, gradient, slots: { velocity: held }, learningRate }) {
    const velocity = g.add(g.mul(held!, 0.5), gradient);
    return { parameter: g.sub(parameter, g.mul(velocity, learningRate)), slots: { velocity } };
  },
};
const definition: StepDefinition = {
  inputs: { a: { dtype: "int64", shape: [6] }, b: { dtype: "int64", shape: [2, 3] } },
  parameters: { table, w: float32([1, 2, 3, 4], [4, 1]) },
  optimizer: descent,
  build(g, { inputs: { a, b }, parameters: { table: rows, w } }) {
    const [x, y] = [g.gather(rows!, a!), g.reshape(g.gather(rows!, b!), [6, 4])];
    const score = g.matMul(g.mul(x, y), w!);
    return { loss: g.reduceMean(g.mul(score, score)) };
  },
};
const ids = (values: readonly number[], shape: readonly number[]) =>
  new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
const batch = { a: ids([3, 7, 3, -1, 0, 7], [6]), b: ids([3, 1, 49, 2, 7, 7], [2, 3]) };

describe("a step over a sparse table", () => {
  it("changes what a dense one changes, repeated rows and rows counted from the end too", async () => {
    await using dense = await compileStep(definition);
    await using sparse = await compileStep({ ...definition, sparse: ["table"] });
    for (let i = 0; i < 4; i++) {
      const [a, b] = [await dense.run(batch, { learningRate: 0.01 }), await sparse.run(batch, { learningRate: 0.01 })];
      expect(b.loss).toBeCloseTo(a.loss, 5);
    }
    const [expected, given] = [dense.snapshot().states, sparse.snapshot().states];
    for (const [name, { data }] of Object.entries(expected))
      for (const [i, value] of data.entries()) expect(given[name]!.data[i]).toBeCloseTo(value, 5);
  });

  it("clips by the norm of what a row's gradients come to, as a dense one does", async () => {
    await using dense = await compileStep({ ...definition, clipNorm: 0.5 });
    await using sparse = await compileStep({ ...definition, clipNorm: 0.5, sparse: ["table"] });
    for (const step of [dense, sparse]) await step.run(batch, { learningRate: 1 });
    const given = sparse.snapshot().states;
    for (const [name, { data }] of Object.entries(dense.snapshot().states))
      for (const [i, value] of data.entries()) expect(given[name]!.data[i]).toBeCloseTo(value, 5);
  });

  it("refuses an optimizer that looks at more than one element", async () => {
    const whole: Optimizer = {
      name: "whole",
      slots: () => ({}),
      update: (g, { parameter, gradient }) => ({ parameter: g.sub(parameter, g.reduceSum(gradient)), slots: {} }),
    };
    const opened = compileStep({ ...definition, optimizer: whole, sparse: ["table"] });
    await expect(opened).rejects.toMatchObject({ code: "runtime/sparse" });
  });

  it("leaves a row alone, momentum and all, until it is read again", async () => {
    await using sparse = await compileStep({ ...definition, sparse: ["table"] });
    await sparse.run(batch, { learningRate: 0.01 });
    const row = () => Array.from(sparse.snapshot().states.table!.data.subarray(0, 4));
    const before = row();
    expect(before).not.toEqual(Array.from(table.data.subarray(0, 4)));
    await sparse.run({ ...batch, a: ids([3, 7, 3, 4, 5, 7], [6]) }, { learningRate: 0.01 });
    expect(row()).toEqual(before);
  });

  it.each([
    ["a table that is read in another way", { ...definition, sparse: ["w"] }, /w of a multiple of four/],
    [
      "a table that is added up",
      {
        ...definition,
        build: (g, { parameters: { table: rows } }) => ({ loss: g.reduceSum(rows!) }),
        sparse: ["table"],
      },
      /table to be read by Gather along its rows only, got ReduceSum/,
    ],
    [
      "a name that is no parameter",
      { ...definition, sparse: ["tabel"] },
      /sparse parameters to be parameters, got tabel/,
    ],
  ] as readonly [string, StepDefinition, RegExp][])("refuses %s", async (_, wrong, message) => {
    await expect(compileStep(wrong)).rejects.toMatchObject({
      code: "runtime/sparse",
      message: expect.stringMatching(message),
    });
  });
});
