import type { Tensor } from "@athanor/core";
import { writeModel } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import type { BatchSource } from "./batch-source.ts";
import { toOnnx } from "./evaluation-graph.ts";
import { fit } from "./fit.ts";
import { linear, tanh } from "./layers/index.ts";
import { takeRows } from "./rows.ts";
import { sequential } from "./sequential.ts";
import { ringNetwork, ringOptions, rings } from "./testing/rings.ts";

const [network, plain] = [ringNetwork, ringOptions];
const bytesOf = (fitted: Awaited<ReturnType<typeof fit>>) => writeModel(toOnnx(fitted.network, fitted.weights));

describe("fit", () => {
  it("uses the rows that fill no batch unless told not to", async () => {
    const steps: number[] = [];
    const setting = { ...plain, epochs: 2, batchSize: 16, onStep: ({ step }: { step: number }) => steps.push(step) };
    await fit(network, rings(40, 1), setting);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
    steps.length = 0;
    await fit(network, rings(40, 1), { ...setting, dropLast: true });
    expect(steps).toEqual([1, 2, 3, 4]);
  });

  it("learns the same from a source as from its rows, and resumes bit for bit", async () => {
    const rows = rings(40, 1);
    const source: BatchSource = {
      count: 40,
      targets: { dtype: "int64", shape: [] },
      // The first batches come last.
      async take(chosen, random) {
        const late = random.integer(5);
        await new Promise((resolve) => setTimeout(resolve, late));
        return { x: takeRows(rows.x as Tensor, chosen), y: takeRows(rows.y, chosen) };
      },
    };
    const setting = { ...plain, epochs: 2, batchSize: 16 };
    const checkpoints: Uint8Array[] = [];
    const taken = await fit(network, source, {
      ...setting,
      onCheckpoint: async (bytes) => void checkpoints.push(bytes),
    });
    expect(bytesOf(taken)).toEqual(bytesOf(await fit(network, rows, setting)));
    const resumed = await fit(network, source, { ...setting, resumeFrom: checkpoints[0] });
    expect(bytesOf(resumed)).toEqual(bytesOf(taken));
  });

  it("hands on what a source throws", async () => {
    const source: BatchSource = {
      count: 40,
      targets: { dtype: "int64", shape: [] },
      take: () => Promise.reject(new Error("row 7 is no image")),
    };
    await expect(fit(network, source, plain)).rejects.toThrow("row 7 is no image");
  });

  it("ends with the same weights when layers are computed again in the backward pass", async () => {
    const deep = sequential(
      [linear({ outFeatures: 8 }), tanh({}), linear({ outFeatures: 8 }), tanh({}), linear({ outFeatures: 2 })],
      { input: { dtype: "float32", shape: [2] } },
    );
    const setting = { ...plain, epochs: 2 };
    const [kept, again] = [
      await fit(deep, rings(64, 1), setting),
      await fit(deep, rings(64, 1), { ...setting, recompute: ["1", "2", "3"] }),
    ];
    expect(again.weights).toEqual(kept.weights);
  });
});
