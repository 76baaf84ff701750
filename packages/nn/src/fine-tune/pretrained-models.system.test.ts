import { existsSync } from "node:fs";
import { join } from "node:path";
import { arrayOf, int64, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openModelFile, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { type FineTuneOptions, fineTune } from "./fine-tune.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const rows = 4;

interface Case extends Pick<FineTuneOptions, "dims"> {
  /** Whole numbers below it are drawn for inputs of such a type. */
  readonly below?: number;
  /** Where the last layer reads a form whose lengths only a run tells. */
  readonly features?: string;
}
const cases: Readonly<Record<string, Case>> = {
  "vww-mobilenet-v1-0.25-96-bn/model": {},
  "squeezenet-1.0/model": { dims: { H: 64, W: 64 } },
  "resnet8-cifar10-bn/model": {},
  "ppocr-v2-cls/model": {
    dims: { "p2o.DynamicDimension.1": 48, "p2o.DynamicDimension.2": 96 },
    features: "p2o.GlobalAveragePool.19",
  },
  "openwakeword/alexa_v0.1": {},
  "openwakeword/hey_mycroft_v0.1": {},
  "openwakeword/embedding_model": {},
  "nnsplit-en/model": { below: 127, dims: { length: 20 } },
  "mobilenet-v2-1.0-224/model": {},
  "mobilenet-v1-0.5-160/model": {},
  "mobilenet-v1-0.25-128/model": {},
  "magika-v3.3/model": { below: 256 },
  "lprnet-zh/model": {},
  "kws-ds-cnn-bn/model": {},
  "imdb-word-average/model": { below: 1000, dims: { L: 12 } },
  "g2pm-zh/model": { below: 100, dims: { T: 12 } },
  "crnn-lite-zh/model": { dims: { W: 64 } },
};

describe("fineTune on exported models", () => {
  it.for(Object.entries(cases))(
    "tunes %s with a new head",
    async ([name, { below = 10, dims = {}, features }], { skip }) => {
      const path = join(folder, `${name}.onnx`);
      skip(!existsSync(path), `${path} is missing`);
      const base = await openModelFile(path);
      const random = Random.from(5);
      const x = Object.fromEntries(
        base.graph.inputs.flatMap(({ name: input, dtype, shape }) => {
          if (base.graph.initializers.has(input)) return [];
          const lengths = [
            rows,
            ...shape!.slice(1).map((length) => (typeof length === "string" ? dims[length]! : length)),
          ];
          const data = arrayOf(dtype as "float32").from({ length: sizeOf(lengths) }, () =>
            dtype === "int64"
              ? (BigInt(random.integer(below)) as never)
              : dtype.startsWith("float")
                ? random.normal()
                : random.integer(below),
          );
          return [[input, new Tensor(dtype, data as TensorData, lengths)]];
        }),
      );
      const data = { x, y: int64(Array.from({ length: rows }, (_, row) => row % 3)) };
      const recipe = { batchSize: rows, epochs: 3, learningRate: 2e-4, seed: 2, threads: 1 };
      const { history, model } = await fineTune({
        base,
        data,
        dims,
        head: { classes: 3, ...(features ? { features } : {}) },
        ...recipe,
      });
      expect(history[2]!.loss).toBeLessThan(history[0]!.loss);
      await using session = await openSession(writeModel(model), { threads: 1 });
      const { output } = await session.run(x);
      expect(output!.shape).toEqual([rows, 3]);
      expect((output!.data as Float32Array).every(Number.isFinite)).toBe(true);
    },
  );
});
