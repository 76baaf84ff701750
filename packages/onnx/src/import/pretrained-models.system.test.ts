import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { arrayOf, type Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { readModel } from "../codec/read-model.ts";
import { writeModel } from "../codec/write-model.ts";
import type { GraphBuilder } from "../graph/graph-builder.ts";
import {
  disagreement,
  moved,
  openTrial,
  rounding,
  type Tensors,
  type TrialOptions,
} from "../testing/training-trial.ts";
import { withWeights } from "./with-weights.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";

type Draw = (random: Random, i: number) => number;
const normal =
  (scale: number, middle = 0): Draw =>
  (random) =>
    middle + scale * random.normal();
const between =
  (low: number, high: number): Draw =>
  (random) =>
    low + (high - low) * random.uniform();
/** Half a wake word as its head takes it: without a word, or with all of one, the head is saturated and has no slope. */
async function halfSpoken(file: string): Promise<Draw> {
  const path = join(folder, "samples", file);
  if (!existsSync(path)) return () => 0;
  const wave = readFileSync(path).subarray(44);
  const length = wave.length >> 1;
  const [twice, once] = await Promise.all([
    speechFeatures((i) => wave.readInt16LE(2 * (i % length))),
    speechFeatures((i) => (i < length ? wave.readInt16LE(2 * i) : 0)),
  ]);
  return (_, i) => 0.537 * twice[i]! + 0.463 * once[i]!;
}

/** The features of two seconds of speech, by the models that make them. */
async function speechFeatures(sample: (i: number) => number): Promise<Float32Array> {
  const run = async (name: string, input: string, data: Float32Array, shape: readonly number[]) => {
    const bytes = readFileSync(join(folder, "openwakeword", name));
    return Object.values(await runFile(bytes, { [input]: new Tensor("float32", data, shape) }))[0]!
      .data as Float32Array;
  };
  const samples = Float32Array.from({ length: 32_000 }, (_, i) => sample(i));
  const mel = (await run("melspectrogram.onnx", "input", samples, [1, samples.length])).map((value) => value / 10 + 2);
  const windows = Array.from({ length: 16 }, (_, i) => [...mel.subarray(i * 8 * 32, (i * 8 + 76) * 32)]);
  return run("embedding_model.onnx", "input_1", Float32Array.from(windows.flat()), [16, 76, 32, 1]);
}

/** Dark strokes on a light ground, the nearest to writing that a formula gives: a page without any has no gradient. */
const strokes: Draw = (random, i) => {
  const [column, row] = [i % 64, Math.floor(i / 64) % 64];
  return row > 24 && row < 40 && (column * 7 + Math.floor(row / 2) * 3) % 11 < 5
    ? 0.1 * random.normal() - 2
    : 0.1 * random.normal() + 2;
};
const ids = (count: number): Draw => between(1, count);

interface Case extends Pick<TrialOptions, "shapes" | "dims" | "frozen"> {
  readonly inputs: Readonly<Record<string, Draw>>;
  /** Share of the loss that one step of training shall take off; strongly bent losses allow a small one. */
  readonly share?: number;
  /** How many weights a saturated part of the network cuts off from the loss at these inputs. */
  readonly dead?: number;
}

/** What rounding leaves of a correct gradient's difference in double precision. */
const tolerance = 1e-4;

/** What it leaves of one in single: an activation that lies within rounding of a bend may fall on either side of it. */
const singleTolerance = 1e-2;

/** How many directions each model is moved along. */
const directions = 2;

const cases: Readonly<Record<string, Case>> = {
  "crnn-lite-zh/model.onnx": {
    shapes: { input: [1, 3, 32, 64] },
    inputs: { input: between(-1, 1) },
    share: 1e-5,
  },
  "deeplabv3-mnv2-pascal/model.onnx": {
    dims: { N: 1 },
    inputs: { input: between(-1, 1) },
    share: 5e-6,
  },
  "g2pm-zh/model.onnx": { shapes: { input_ids: [2, 5] }, inputs: { input_ids: ids(250) } },
  "imdb-word-average/model.onnx": { shapes: { input_ids: [4, 16] }, inputs: { input_ids: ids(250) } },
  "kws-ds-cnn-bn/model.onnx": { dims: { N: 2 }, inputs: { input: between(-1, 1) } },
  "lprnet-zh/model.onnx": { dims: { N: 1 }, inputs: { input: normal(1) } },
  "magika-v3.3/model.onnx": {
    shapes: { bytes: [1, 2048] },
    inputs: { bytes: ids(250) },
    share: 1e-5,
  },
  "mobilenet-v1-0.25-128/model.onnx": { dims: { N: 1 }, inputs: { input: between(-1, 1) } },
  "mobilenet-v1-0.5-160/model.onnx": { dims: { N: 1 }, inputs: { input: between(-1, 1) } },
  "mobilenet-v2-1.0-224/model.onnx": { dims: { N: 1 }, inputs: { input: between(-1, 1) } },
  "nnsplit-en/model.onnx": { shapes: { input: [2, 12] }, inputs: { input: ids(250) } },
  "nnsplit-zh/model.onnx": { shapes: { input: [2, 12] }, inputs: { input: ids(250) } },
  "openwakeword/alexa_v0.1.onnx": { inputs: { "onnx::Flatten_0": normal(1) } },
  "openwakeword/embedding_model.onnx": { shapes: { input_1: [1, 76, 32, 1] }, inputs: { input_1: normal(1) } },
  "openwakeword/hey_mycroft_v0.1.onnx": { inputs: { "onnx::Flatten_0": await halfSpoken("hey_mycroft_16k.wav") } },
  "openwakeword/melspectrogram.onnx": { shapes: { input: [1, 1280] }, inputs: { input: normal(1000) } },
  "ppocr-v2-cls/model.onnx": { shapes: { x: [1, 3, 48, 192] }, inputs: { x: between(-1, 1) } },
  "ppocr-v3-det-zh/model.onnx": {
    shapes: { x: [1, 3, 64, 64] },
    inputs: { x: strokes },
    dead: 4,
  },
  "resnet8-cifar10-bn/model.onnx": { dims: { N: 1 }, inputs: { input: between(0, 255) } },
  "silero-vad-16k/model.onnx": {
    shapes: { input: [1, 576], state: [2, 1, 128] },
    inputs: { input: normal(0.3), state: normal(0.3), sr: () => 16_000 },
  },
  "squeezenet-1.0/model.onnx": { shapes: { input: [1, 3, 128, 128] }, inputs: { input: normal(60) } },
  "static-sentence-encoder-64d/model.onnx": {
    shapes: { input_ids: [2, 6], attention_mask: [2, 6] },
    inputs: { input_ids: ids(250), attention_mask: (_, i) => (i % 6 < 5 ? 1 : 0) },
  },
  "stories260k/model.onnx": {
    shapes: { input_ids: [2, 8] },
    inputs: { input_ids: ids(250) },
    frozen: /^(mask|rope)/,
  },
  "vww-mobilenet-v1-0.25-96-bn/model.onnx": { dims: { N: 1 }, inputs: { input: between(0, 1) } },
  "yolox-nano-416/model.onnx": { inputs: { images: between(0, 255) }, share: 1e-5 },
};

describe.skipIf(!existsSync(folder))(`the models of ${folder} (skipped when the folder is absent)`, () => {
  for (const [file, { inputs, dead = 0, share = 1e-3, ...options }] of Object.entries(cases)) {
    it(`train as they are: ${file}`, { timeout: 300_000 }, async () => {
      const model = readModel(readFileSync(join(folder, file)));
      const feeds = (declared: GraphBuilder["inputs"], random: Random) =>
        Object.fromEntries(declared.map((info) => [info.name, drawn(info, inputs[info.name]!, random)]));
      const trial = await openTrial(model, { ...options, feeds });

      for (const [name, slopes] of Object.entries(trial.gradients)) {
        expect(slopes.every(Number.isFinite), `the gradient of ${name} is finite`).toBe(true);
      }
      const still = Object.values(trial.gradients).filter((slopes) => slopes.every((slope) => slope === 0));
      expect(still.length, "weights without a gradient").toBeLessThanOrEqual(dead);
      const double = await trial.inDouble();
      expect(await disagreement(trial, double, directions)).toBeLessThan(tolerance);
      expect(rounding(trial, double)).toBeLessThan(singleTolerance);

      const stepped = moved(trial.weights, trial.gradients, -rate(share * trial.loss, trial.gradients));
      const outputs = await trial.outputsAt(stepped);
      expect(trial.lossOf(outputs)).toBeLessThan(trial.loss);

      const saved = await runFile(writeModel(withWeights(model, stepped)), trial.feeds);
      expect(trial.lossOf(saved)).toBeLessThan(trial.loss);
      expect(Math.abs(trial.lossOf(saved) - trial.lossOf(outputs))).toBeLessThan(1e-6 * trial.loss);
    });
  }
});

/** A learning rate whose first-order promise is a share of the loss: curvature takes back less than that. */
const rate = (promise: number, gradients: Readonly<Record<string, Float32Array>>): number => {
  const squares = Object.values(gradients).map((slopes) => slopes.reduce((sum, slope) => sum + slope * slope, 0));
  return promise / squares.reduce((sum, square) => sum + square, 0);
};

function drawn({ dtype, shape }: GraphBuilder["inputs"][number], draw: Draw, random: Random): Tensor {
  const numbers = Array.from({ length: sizeOf(shape as readonly number[]) }, (_, i) => draw(random, i));
  const whole = dtype === "float32" ? numbers : numbers.map(Math.floor);
  const data = dtype === "int64" ? BigInt64Array.from(whole.map(BigInt)) : arrayOf(dtype as "float32").from(whole);
  return new Tensor(dtype, data as TensorData, shape as readonly number[]);
}

async function runFile(bytes: Uint8Array, feeds: Tensors): Promise<Tensors> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const given = Object.entries(feeds)
    .filter(([name]) => session.inputNames.includes(name))
    .map(([name, { dtype, data, shape }]) => [name, new OrtTensor(dtype as "float32", data as Float32Array, shape)]);
  const results = await session.run(Object.fromEntries(given));
  return Object.fromEntries(
    Object.entries(results).map(([name, { type, data, dims }]) => [
      name,
      new Tensor(type as "float32", data as Float32Array, dims),
    ]),
  );
}
