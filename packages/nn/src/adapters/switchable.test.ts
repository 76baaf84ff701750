import { float32, int64, type Tensor } from "@athanor/core";
import { type Model, withWeights, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { toyTransformer } from "../testing/toy-transformer.ts";
import { ia3 } from "./ia3.ts";
import { lora } from "./lora.ts";
import type { Method } from "./method.ts";
import { switchable } from "./switchable.ts";

const base = toyTransformer({ width: 8, tokens: 5, vocabulary: 12, classes: 3, layers: 2 });
const x = { ids: int64([0, 3, 7, 1, 11, 5, 5, 2, 9, 8], [2, 5]) };

/** An adapter as if it had been trained: its weights are moved away from where they change nothing. */
function adapter(method: Method): Model {
  const { model, trains } = method.apply(base, 1);
  const weights = trains.map((name) => {
    const stored = model.graph.initializers.get(name)!;
    const values = Float32Array.from({ length: stored.shape.reduce((a, b) => a * b, 1) }, (_, i) => 1 + Math.sin(i));
    return [name, float32(values, stored.shape)];
  });
  return withWeights(model, Object.fromEntries(weights));
}
const off = (a: Tensor, b: Tensor) =>
  Math.max(...(a.data as Float32Array).map((value, i) => Math.abs(value - (b.data as Float32Array)[i]!)));

async function logitsOf(model: Model): Promise<Tensor> {
  await using session = await openSession(writeModel(model), { threads: 1 });
  return (await session.run(x)).logits!;
}

describe("switchable", () => {
  it("computes with each adapter, and without, in one session", async () => {
    const adapted = {
      wide: adapter(lora({ rank: 4, alpha: 2, targets: ["query", "value"] })),
      narrow: adapter(lora({ rank: 2, alpha: 2, targets: ["value", "output.dense"] })),
      lengths: adapter(lora({ rank: 2, alpha: 1, targets: ["value", "key"], magnitude: true })),
      factors: adapter(ia3()),
    };
    const { model, adapters, base: none } = switchable(base, adapted);
    await using session = await openSession(writeModel(model), { threads: 1 });
    const plain = await logitsOf(base);
    for (const name of ["wide", "narrow", "lengths", "factors", "wide"] as const) {
      const { logits } = await session.run({ ...x, ...adapters[name] });
      expect(off(logits!, await logitsOf(adapted[name]))).toBeLessThan(1e-5);
      expect(off(logits!, plain)).toBeGreaterThan(1e-2);
    }
    const { logits } = await session.run({ ...x, ...none });
    expect(off(logits!, plain)).toBeLessThan(1e-5);
  });

  it("refuses models without adapters, and adapters of another base", () => {
    expect(() => switchable(base, { base })).toThrow(/expected models with adapters/);
    const other = toyTransformer({ width: 8, tokens: 5, vocabulary: 12, classes: 3, layers: 2 }, 2);
    expect(() => switchable(other, { a: adapter(lora()) })).toThrow(/beside the base's weights/);
  });
});
