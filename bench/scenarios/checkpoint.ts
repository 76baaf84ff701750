import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { float32, Random, type Tensor } from "@athanor/core";
import {
  type Checkpoint,
  GraphBuilder,
  gradient,
  type Region,
  region,
  savedActivations,
  type Value,
} from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { median } from "../median.ts";

const [rows, width, depth] = [2048, 512, 12];
const repeats = 3;
const file = fileURLToPath(import.meta.url);

/** Twelve blocks x + GELU(x w) v; what is recomputed: nothing, every block, or what a budget of 160 MiB asks for. */
const modes = ["keep", "blocks", "budget"] as const;
type Mode = (typeof modes)[number];

interface Figures {
  readonly savedMegabytes: number;
  readonly peakMegabytes: number;
  readonly seconds: number;
  readonly gradientSums: readonly number[];
}

async function measure(mode: Mode): Promise<Figures> {
  const g = new GraphBuilder();
  const feeds: Record<string, Tensor> = {};
  const random = Random.from(1);
  const input = (name: string, shape: readonly number[], scale: number): Value => {
    const size = shape.reduce((product, length) => product * length, 1);
    feeds[name] = float32(
      Float32Array.from({ length: size }, () => random.normal() * scale),
      shape,
    );
    return g.input(name, "float32", shape);
  };
  let x = input("x", [rows, width], 1);
  const [weights, regions]: [Value[], Region[]] = [[], []];
  for (let i = 0; i < depth; i++) {
    const [w, v] = [input(`w${i}`, [width, 4 * width], 0.03), input(`v${i}`, [4 * width, width], 0.03)];
    weights.push(w, v);
    const block = region(g, `block-${i}`, () => g.add(x, g.matMul(g.op("Gelu", [g.matMul(x, w)]), v)));
    regions.push(block.region);
    x = block.result;
  }
  const loss = g.reduceMean(g.mul(x, x));
  const forwardCount = g.nodes.length;
  const choices: Record<Mode, Checkpoint> = { keep: [], blocks: regions, budget: { budgetBytes: 160 * 2 ** 20 } };
  const gradients = gradient(g, loss, weights, { checkpoint: choices[mode] });
  const saved = savedActivations(g, gradients, forwardCount).reduce((total, { bytes }) => total + bytes, 0);
  // Sums, so that the gradients themselves do not hide what activations take.
  for (const [i, value] of gradients.entries()) g.output(`d${i}`, g.reduceSum(g.mul(value, value)));
  await using session = await openSession(g.build(), { threads: 2 });
  const before = process.memoryUsage().rss;
  const seconds: number[] = [];
  let results: Record<string, Tensor> = {};
  for (let i = 0; i < repeats; i++) {
    const from = performance.now();
    results = await session.run(feeds);
    seconds.push((performance.now() - from) / 1000);
  }
  return {
    savedMegabytes: saved / 2 ** 20,
    peakMegabytes: process.resourceUsage().maxRSS / 1024 - before / 2 ** 20,
    seconds: median(seconds),
    gradientSums: Object.values(results).map(({ data }) => Number(data[0])),
  };
}

/** What recomputation saves in memory and costs in time, each choice in a process of its own. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Partial<Record<Mode, Figures>> = {};
  for (const mode of modes) {
    figures[mode] = await new Promise<Figures>((resolve, reject) => {
      const child = fork(file, [mode], { execArgv: process.execArgv });
      child.once("message", (message) => resolve(message as Figures));
      child.once("exit", (code) => reject(new Error(`bench: expected figures from ${mode}, got exit code ${code}`)));
    });
    const { savedMegabytes, peakMegabytes, seconds } = figures[mode];
    log(
      `${mode}: ${savedMegabytes.toFixed(0)} MiB of activations kept, ${peakMegabytes.toFixed(0)} MiB over what is there before, ${seconds.toFixed(2)} s`,
    );
  }
  const sums = modes.map((mode) => figures[mode]!.gradientSums);
  const difference = Math.max(...sums[0]!.map((sum, i) => Math.max(...sums.map((own) => Math.abs(own[i]! / sum - 1)))));
  return {
    ...Object.fromEntries(modes.map((mode) => [mode, { ...figures[mode], gradientSums: undefined }])),
    largestRelativeDifference: difference,
  };
}

if (process.argv[1] === file && process.send) {
  const figures = await measure(process.argv[2] as Mode);
  process.send(figures);
}
