import { float32, Random } from "@athanor/core";
import type { QuantizeOptions } from "@athanor/onnx";
import { expect, it } from "vitest";
import { compileStep } from "./compile-step.ts";
import { descent } from "./testing/descent.ts";

const [rows, width, rank] = [32, 64, 4];
const random = Random.from(7);
const drawn = (deviation: number, ...shape: number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => deviation * random.normal()),
    shape,
  );
const frozen = [drawn(1 / 8, width, width), drawn(1 / 8, width, width)];
const parameters = {
  down: drawn(1 / 8, width, rank),
  up: drawn(0, rank, width),
};
const batch = { x: drawn(1, rows, width), y: drawn(0.5, rows, width) };

/** Losses of an adapter beside the first of two frozen layers. */
async function losses(quantize: QuantizeOptions | undefined): Promise<readonly number[]> {
  const shape = [rows, width];
  await using step = await compileStep(
    {
      inputs: { x: { dtype: "float32", shape }, y: { dtype: "float32", shape } },
      parameters,
      optimizer: descent,
      quantize,
      build(g, { inputs: { x, y }, parameters: { down, up } }) {
        const [first, second] = frozen.map((weight, i) => g.initializer(`frozen${i}`, weight));
        const hidden = g.tanh(g.add(g.matMul(x!, first!), g.matMul(g.matMul(x!, down!), up!)));
        const error = g.sub(g.matMul(hidden, second!), y!);
        return { loss: g.reduceMean(g.mul(error, error)) };
      },
    },
    { threads: 1 },
  );
  const results = await step.runMany(Array(60).fill(batch), { learningRate: 8 });
  return results.map(({ loss }) => loss);
}

it("trains an adapter over a quantised base to nearly the same loss as over the exact one", async () => {
  const [exact, int8, int4] = [await losses(undefined), await losses({}), await losses({ precision: "int4" })];
  expect(exact.at(-1)!).toBeLessThan(0.7 * exact[0]!);
  expect(Math.abs(int8.at(-1)! / exact.at(-1)! - 1)).toBeLessThan(0.01);
  expect(int8.at(-1)).not.toBe(exact.at(-1));
  expect(Math.abs(int4.at(-1)! / exact.at(-1)! - 1)).toBeLessThan(0.05);
});
