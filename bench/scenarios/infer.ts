import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { arrayOf, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openSession, type Port } from "@athanor/runtime";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { median } from "../median.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const threads = 2;
/** A model is run in blocks, ours and bare in turn; the overhead is the median over pairs of blocks. */
const blocks = 9;
const runs = 8;
/** Lengths that models leave open and cannot take to be 1. */
const lengths: Readonly<Record<string, readonly number[]>> = {
  "squeezenet-1.0:input": [1, 3, 227, 227],
  "ppocr-v3-det-zh:x": [1, 3, 320, 320],
  "ppocr-v2-cls:x": [1, 3, 48, 192],
  "crnn-lite-zh:input": [1, 3, 32, 160],
  "nnsplit-en:input": [1, 100],
  "nnsplit-zh:input": [1, 100],
  "silero-vad-16k:input": [1, 512],
};

/** One run of each pretrained model through a session in a worker, beside the same run of a bare session. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const overheads: Record<string, number> = {};
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const file = join(folder, name, "model.onnx");
    if (!existsSync(file)) continue;
    try {
      const { ours, bare, overhead } = await compare(name, file);
      overheads[name] = overhead;
      log(`${name.padEnd(28)} ${ours.toFixed(2)} ms, bare ${bare.toFixed(2)} ms, ${(100 * overhead).toFixed(1)} %`);
    } catch (error) {
      log(`${name.padEnd(28)} left out: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  const values = Object.values(overheads);
  return {
    ratio: 1 / (1 + median(values)),
    medianOverhead: median(values),
    largest: Math.max(...values),
    overheads,
    threads,
  };
}

interface Comparison {
  readonly ours: number;
  readonly bare: number;
  readonly overhead: number;
}

async function compare(name: string, file: string): Promise<Comparison> {
  const bytes = readFileSync(file);
  await using session = await openSession(bytes, { threads });
  const alone = await InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = Object.fromEntries(session.inputs.map((input) => [input.name, drawn(name, input)]));
  const plain = Object.fromEntries(
    Object.entries(feeds).map(([key, { dtype, data, shape }]) => [
      key,
      new OrtTensor(dtype as "float32", data as Float32Array, shape),
    ]),
  );
  const block = async (once: () => Promise<unknown>): Promise<number> => {
    // A pool of threads waits busily for a while after a run, and would slow the other side down.
    await setTimeout(50);
    const times: number[] = [];
    for (let i = 0; i < runs + 2; i++) {
      const begin = performance.now();
      await once();
      if (i >= 2) times.push(performance.now() - begin);
    }
    return median(times);
  };
  const pairs: { readonly ours: number; readonly bare: number }[] = [];
  for (let i = 0; i < blocks; i++)
    pairs.push({ ours: await block(() => session.run(feeds)), bare: await block(() => alone.run(plain)) });
  await alone.release();
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    bare: median(pairs.map(({ bare }) => bare)),
    overhead: median(pairs.map(({ ours, bare }) => ours / bare - 1)),
  };
}

function drawn(model: string, { name, dtype, shape = [] }: Port): Tensor {
  const fixed = lengths[`${model}:${name}`] ?? shape.map((length) => (typeof length === "number" ? length : 1));
  const random = Random.from(3);
  const size = sizeOf(fixed);
  const data =
    dtype === "int64"
      ? BigInt64Array.from({ length: size }, () => BigInt(random.integer(10)))
      : arrayOf(dtype as "float32").from({ length: size }, () => random.uniform());
  return new Tensor(dtype, data as TensorData, fixed);
}
