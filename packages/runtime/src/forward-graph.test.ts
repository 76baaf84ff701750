import { float32, Random } from "@athanor/core";
import { type GraphBuilder, region, stopGradient, type Value } from "@athanor/onnx";
import { expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import { forwardGraph, givenGraph } from "./forward-graph.ts";
import { descent } from "./testing/descent.ts";
import type { StepDefinition } from "./training-step.ts";

const random = Random.from(6);
const drawn = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const [texts, tokens, width] = [3, 4, 8];

/** Two layers over all tokens of texts, of which one token is read in the end. */
const definition = (read: (g: GraphBuilder, x: Value) => Value): StepDefinition => ({
  inputs: { x: { dtype: "float32", shape: [texts, tokens, width] } },
  parameters,
  buffers: { seen: float32([0], [1]) },
  optimizer: descent,
  build(g, { inputs: { x }, parameters: { w, v }, buffers: { seen } }) {
    const hidden = g.tanh(g.matMul(g.tanh(g.matMul(x!, w!)), v!));
    const y = read(g, hidden);
    return { loss: g.reduceMean(g.mul(y, y)), metrics: { y }, buffers: { seen: g.add(seen!, 1) } };
  },
});
const parameters = { w: drawn(width, width), v: drawn(width, width) };
const gathered = definition((g, x) => g.gather(x, g.constant(2, "int64"), 1));
const summed = definition((g, x) => {
  const mask = g.constant(float32([0, 0, 1, 0], [1, tokens, 1]));
  return g.reduceSum(g.mul(x, mask), [1]);
});

const lengths = { x: [texts, tokens, width] };
const shapes = async (of: StepDefinition) =>
  (await forwardGraph(of, lengths, await givenGraph(of, lengths))).g.nodes
    .filter((node) => node.definition.name === "MatMul")
    .map((node) => node.outputs[0]!.shape);

it("computes only what is read", async () => {
  expect(await shapes(gathered)).toEqual(Array(2).fill([texts, 1, width]));
  expect(await shapes(summed)).toEqual(Array(2).fill([texts, tokens, width]));
});

it("keeps masks as inputs", async () => {
  const masked = definition((g, x) =>
    g.mul(g.gather(x, g.constant(2, "int64"), 1), g.cast(g.input("mask", "uint8", [texts, width]), "float32")),
  );
  expect(await shapes(masked)).toEqual(Array(2).fill([texts, 1, width]));
});

it("leaves a graph with stopped gradients or a checkpoint as it was built", async () => {
  const stopping: StepDefinition = {
    ...gathered,
    build(g, values) {
      const built = gathered.build(g, values);
      return { ...built, loss: stopGradient(g, built.loss) };
    },
  };
  const kept: StepDefinition = {
    ...gathered,
    build(g, values) {
      const { result, region: whole } = region(g, "all", () => gathered.build(g, values));
      return { ...result, checkpoint: [whole] };
    },
  };
  for (const each of [stopping, kept]) expect(await shapes(each)).toEqual(Array(2).fill([texts, tokens, width]));
});

it("trains as the whole graph does", async () => {
  await using part = await compileStep(gathered, { threads: 1 });
  await using whole = await compileStep(summed, { threads: 1 });
  const x = drawn(texts, tokens, width);
  for (let i = 0; i < 5; i++) {
    const [a, b] = [await part.run({ x }, { learningRate: 0.5 }), await whole.run({ x }, { learningRate: 0.5 })];
    expect(a.loss).toBeCloseTo(b.loss, 6);
    expect(a.metrics.y!.shape).toEqual([texts, width]);
  }
  const [one, other] = [(await part.snapshot()).states, (await whole.snapshot()).states];
  for (const [name, { data }] of Object.entries(other))
    for (const [i, value] of data.entries()) expect(one[name]!.data[i]).toBeCloseTo(value, 5);
});
