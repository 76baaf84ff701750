import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { arrayOf, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { openSession, type Port } from "@athanor/runtime";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { median } from "../median.ts";

const folder = process.env.ATHANOR_MODELS ?? "../shared/models";
const threads = 2;
/** Milliseconds for one model; pairs of short blocks, ours and bare in turn, follow one another for so long. */
const budget = 5000;
/** Milliseconds that a block may take, and the runs that it has at least. */
const blockLength = 40;
const fewestRuns = 3;
const fewestPairs = 15;
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
  const [only] = process.argv.slice(3).filter((word) => !word.startsWith("--"));
  const overheads: Record<string, number> = {};
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const file = join(folder, name, "model.onnx");
    if (!existsSync(file) || !name.includes(only ?? "")) continue;
    try {
      const { ours, bare, overhead, error, pairs } = await compare(name, file);
      overheads[name] = overhead;
      const noise = `+- ${(100 * error).toFixed(1)} % in ${pairs} pairs`;
      log(
        `${name.padEnd(28)} ${ours.toFixed(3)} ms, bare ${bare.toFixed(3)} ms, ${(100 * overhead).toFixed(1)} % ${noise}`,
      );
    } catch (error) {
      log(`${name.padEnd(28)} left out: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  const [worst, largest] = Object.entries(overheads).sort(([, a], [, b]) => b - a)[0] ?? [];
  const medianOverhead = median(Object.values(overheads));
  return { ratio: 1 / (1 + medianOverhead), medianOverhead, worst, largest, overheads, threads };
}

interface Comparison {
  readonly ours: number;
  readonly bare: number;
  readonly overhead: number;
  /** The standard error of `overhead`, from how far the pairs are apart. */
  readonly error: number;
  readonly pairs: number;
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
  const runOurs = () => session.run(feeds);
  const runBare = () => alone.run(plain);
  for (let i = 0; i < 10; i++) await runOurs();
  // A short model is loaded once more in the meantime.
  await setTimeout(500);
  await block(runOurs, fewestRuns);
  const once = await block(runBare, fewestRuns);
  const runs = Math.max(fewestRuns, Math.min(200, Math.round(blockLength / once)));
  const times: { readonly ours: number; readonly bare: number }[] = [];
  const begin = performance.now();
  while (times.length < fewestPairs || performance.now() - begin < budget) {
    const isFirst = times.length % 2 === 0;
    const first = await block(isFirst ? runOurs : runBare, runs);
    const second = await block(isFirst ? runBare : runOurs, runs);
    times.push(isFirst ? { ours: first, bare: second } : { ours: second, bare: first });
  }
  await alone.release();
  const ratios = times.map(({ ours, bare }) => ours / bare - 1).sort((a, b) => a - b);
  const quartile = (share: number) => ratios[Math.floor(share * (ratios.length - 1))]!;
  return {
    ours: median(times.map(({ ours }) => ours)),
    bare: median(times.map(({ bare }) => bare)),
    overhead: median(ratios),
    // Of a normal distribution the quartiles are 1.35 deviations apart, and a median errs by 1.25 deviations / sqrt(n).
    error: ((quartile(0.75) - quartile(0.25)) / 1.35) * (1.25 / Math.sqrt(ratios.length)),
    pairs: ratios.length,
  };
}

async function block(once: () => Promise<unknown>, runs: number): Promise<number> {
  // A pool of threads waits busily for some 40 ms after a run, and would slow the other side down.
  await setTimeout(80);
  const times: number[] = [];
  for (let i = 0; i < runs + 1; i++) {
    const begin = performance.now();
    await once();
    if (i > 0) times.push(performance.now() - begin);
  }
  return median(times);
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
