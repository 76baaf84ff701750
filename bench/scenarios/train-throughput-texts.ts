import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { int64, Tensor } from "@athanor/core";
import { columnOf, textsOf, tsv } from "@athanor/data";
import {
  adamW,
  type BatchSource,
  byLength,
  constant,
  type FitOptions,
  fineTune,
  full,
  initialize,
  lora,
  type Method,
  type Sampler,
  toOnnx,
} from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { openTokenizer, special, type TokenizerFile, trainWordPiece } from "@athanor/text";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";
import { type TextEncoderSizes, textEncoder } from "../text-encoder.ts";

const sizes: TextEncoderSizes = { vocabulary: 8192, tokens: 128, layers: 4, width: 512, heads: 8 };
const batch = 32;
const rank = 8;
/** Steps of a measured epoch, and those whose losses are compared. */
const [steps, curve] = [40, 8];
const pairs = 5;
const learningRate = 1e-4;
const threads = Math.min(2, availableParallelism());
const file = join(
  process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url)),
  "sst2/train.tsv.gz",
);
const methods: Readonly<Record<string, Method>> = {
  full: full(),
  lora: lora({ rank, alpha: 2 * rank, targets: ["*query*", "*value*"] }),
};
/** Workers that make batches, and whether texts of like length come together. */
const configurations = ["0 mixed", "0 grouped", "1 grouped"];
const lengths = [8, 12, 16, 24, 32, 48, 64, 96, sizes.tokens];

/** Tuning an encoder on sentences, tokens and batches made on the way, in turn with PyTorch, transformers and PEFT. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const all = await sentences();
  const [texts, labels] = [all.texts.slice(0, steps * batch), all.labels.slice(0, steps * batch)];
  const tokenizer = trainWordPiece(all.texts, { vocabularySize: sizes.vocabulary });
  const figures: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(methods))
    figures[name] = await compare({ texts, labels, tokenizer, method }, (line) => log(`${name}: ${line}`));
  return figures;
}

interface Workload {
  readonly texts: readonly string[];
  readonly labels: readonly number[];
  readonly tokenizer: TokenizerFile;
  readonly method: Method;
}

async function compare({ texts, labels, tokenizer: tokenizerFile, method }: Workload, log: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), "athanor-bench-"));
  const network = textEncoder(sizes);
  const base = toOnnx(network, initialize(network.parameters, 5));
  const tokenizer = openTokenizer(tokenizerFile);
  const encode = () => texts.map((text) => tokenizer.encode(text));
  const train = (ids: readonly (readonly number[])[], options: Partial<FitOptions>) =>
    fineTune({
      ...{
        base,
        data: batches(ids, labels),
        head: { classes: 2, features: "output" },
        method,
        optimizer: adamW(),
        learningRate,
      },
      ...{ schedule: constant(), epochs: 1, batchSize: batch, seed: 5, threads, cache: join(folder, "steps") },
      ...options,
    });
  try {
    const first = encode();
    // What training starts from, the adapters and the last layer included.
    const { model } = await train(first, { epochs: 0 });
    const [weights, tokens] = [join(folder, "model.onnx"), join(folder, "tokenizer.json")];
    writeFileSync(weights, writeModel(model));
    writeFileSync(tokens, JSON.stringify(tokenizerFile));
    await using peer = startPeer("throughput_texts.py");
    await peer.ask({
      ...{ threads, batch, texts, labels, file: weights, tokenizer: tokens, learningRate, configurations },
      sizes: { ...sizes, rank: method.name === "lora" ? rank : 0, pad: special.pad },
    });

    const ours: number[] = [];
    const some = Array.from({ length: curve * batch }, (_, row) => first[row]!);
    await train(some, { sampler: inOrder, onStep: ({ loss }) => ours.push(loss) });
    const { losses } = await peer.ask<{ losses: number[] }>({ curve });
    const lossDifference = Math.max(...ours.map((loss, i) => Math.abs(loss / losses[i]! - 1)));
    log(
      `loss after ${curve} steps: ours ${ours.at(-1)}, PyTorch ${losses.at(-1)}; largest difference ${lossDifference}`,
    );

    const count = first.reduce((sum, { length }) => sum + length, 0);
    const rates: Record<string, number[]> = Object.fromEntries(["athanor", ...configurations].map((key) => [key, []]));
    for (let pair = 0; pair < pairs; pair++) {
      const started = performance.now();
      const ids = encode();
      const seconds = (performance.now() - started) / 1000;
      const sampler = byLength({ lengths: ids.map(({ length }) => length), batchSize: batch });
      // The first epoch opens a graph for each length.
      const { history } = await train(ids, { sampler, epochs: 2 });
      rates.athanor!.push(count / (seconds + texts.length / history[1]!.speed.rowsPerSecond));
      for (const configuration of configurations) {
        const theirs = await peer.ask<{ seconds: number }>({ configuration });
        rates[configuration]!.push(count / theirs.seconds);
      }
      log(
        Object.entries(rates)
          .map(([key, values]) => `${key} ${values.at(-1)!.toFixed(0)}/s`)
          .join("  "),
      );
    }
    const versions = await peer.ask<Readonly<Record<string, unknown>>>({});
    const best = (i: number) => Math.max(...configurations.map((key) => rates[key]![i]!));
    return {
      ratio: median(rates.athanor!.map((rate, i) => rate / best(i))),
      tokensPerSecond: Object.fromEntries(Object.entries(rates).map(([key, values]) => [key, median(values)])),
      lossDifference,
      meanTokens: count / texts.length,
      peer: versions,
      megabytes: process.resourceUsage().maxRSS / 1024,
      ...{ ...sizes, batch, threads },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function sentences() {
  for await (const table of tsv({
    path: file,
    header: false,
    columns: ["text", "label"],
    types: ["label:text"],
  }).open())
    return {
      texts: textsOf(columnOf(table as never, "text")) as string[],
      labels: textsOf(columnOf(table as never, "label")).map(Number),
    };
  throw new Error("bench: expected sentences, got none");
}

/** Texts side by side, padded to the next of a few lengths. */
const batches = (ids: readonly (readonly number[])[], labels: readonly number[]): BatchSource => ({
  count: ids.length,
  targets: { dtype: "int64", shape: [] },
  async take(rows) {
    const texts = Array.from(rows, (row) => ids[row]!);
    const longest = Math.max(...texts.map(({ length }) => length));
    const length = lengths.find((each) => each >= longest)!;
    const data = new BigInt64Array(texts.length * length);
    for (const [i, text] of texts.entries()) for (const [k, id] of text.entries()) data[i * length + k] = BigInt(id);
    return { x: new Tensor("int64", data, [texts.length, length]), y: int64(Array.from(rows, (row) => labels[row]!)) };
  },
});

const inOrder: Sampler = { name: "in-order", order: (count) => Uint32Array.from({ length: count }, (_, i) => i) };
