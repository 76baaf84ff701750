import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { int64, Random } from "@athanor/core";
import { flip, openPictures, randomResizedCrop } from "@athanor/data";
import {
  adamW,
  aroundZero,
  type BatchSource,
  constant,
  crossEntropy,
  type FitOptions,
  fineTune,
  fit,
  initialize,
  mobileNetV2,
  type Network,
  pixelInput,
  type Rows,
  resNet18,
  type Sampler,
  toOnnx,
} from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";

const classes = 5;
const batch = 16;
/** Steps of a measured epoch, and those whose losses are compared. */
const [steps, curve] = [10, 8];
const pairs = 5;
const learningRate = 1e-4;
const threads = Math.min(2, availableParallelism());
const archive = join(
  process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url)),
  "flowers5/train.zip",
);

interface Workload {
  /** torchvision's name. */
  readonly model: string;
  readonly side: number;
  readonly network: Network;
  /** Whether a pretrained network is tuned, its normalisation part of its convolutions. */
  readonly isFolded: boolean;
}

const [small, large] = [112, 160];
const workloads: Readonly<Record<string, Workload>> = {
  mobileNetV2FrozenNorm: {
    model: "mobilenet_v2",
    side: large,
    network: mobileNetV2({ classes, input: [3, large, large], dropoutRate: 0 }),
    isFolded: true,
  },
  resNet18FrozenNorm: {
    model: "resnet18",
    side: small,
    network: resNet18({ classes, input: [3, small, small] }),
    isFolded: true,
  },
  resNet18FromScratch: {
    model: "resnet18",
    side: small,
    network: resNet18({ classes, input: [3, small, small] }),
    isFolded: false,
  },
};

/** Training from photos in files, decoded, cut and mirrored while the network learns, in turn with PyTorch and torchvision. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const [name, workload] of Object.entries(workloads))
    figures[name] = await compare(workload, (line) => log(`${name}: ${line}`));
  return figures;
}

async function compare({ model, side, network, isFolded }: Workload, log: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), "athanor-bench-"));
  const weights = { ...initialize(network.parameters, 5), ...initialize(network.buffers, 5) };
  const base = toOnnx(network, weights);
  const file = join(folder, "model.onnx");
  writeFileSync(file, writeModel(base));
  const train = (data: Rows | BatchSource, onStep?: FitOptions["onStep"]) => {
    const recipe = {
      ...{ loss: crossEntropy(), optimizer: adamW(), learningRate, schedule: constant(), epochs: 1, batchSize: batch },
      ...{ seed: 5, threads, cache: join(folder, "steps"), sampler: inOrder, ...(onStep ? { onStep } : {}) },
    };
    return isFolded
      ? fineTune({ ...recipe, base, data, pixels: aroundZero })
      : fit(pixelInput(network, aroundZero), data, recipe);
  };
  const configurations = ["0 contiguous", "1 contiguous", "0 channels_last", "1 channels_last"];
  try {
    await using peer = startPeer("throughput.py");
    const { paths, labels, ...rest } = await peer.ask<{ paths: string[]; labels: number[] }>({
      ...{ threads, side, batch, steps, classes, model, isFolded, archive, file, learningRate, configurations },
      pixels: aroundZero,
    });
    await using photos = openPictures({
      pictures: paths,
      shape: { channels: 3, height: side, width: side },
      augmentations: [randomResizedCrop({ size: side }), flip({})],
    });
    const order = Random.from(3).permutation(paths.length);
    const take = async (rows: Uint32Array, random: Random, signal?: AbortSignal) => {
      const chosen = rows.map((row) => order[row % order.length]!);
      return { x: await photos.take(chosen, random, signal), y: int64(Array.from(chosen, (row) => labels[row]!)) };
    };
    const source: BatchSource = { count: steps * batch, targets: { dtype: "int64", shape: [] }, take };

    const fixed = await take(
      Uint32Array.from({ length: curve * batch }, (_, i) => i),
      Random.from(4),
    );
    const pixels = join(folder, "pixels.bin");
    writeFileSync(pixels, fixed.x.data as Uint8Array);
    const ours: number[] = [];
    await train(fixed, ({ loss }) => ours.push(loss));
    const { losses } = await peer.ask<{ losses: number[] }>({ pixels, curve: Array.from(fixed.y.data, Number) });
    const lossDifference = Math.max(...ours.map((loss, i) => Math.abs(loss / losses[i]! - 1)));
    log(
      `loss after ${curve} steps: ours ${ours.at(-1)}, PyTorch ${losses.at(-1)}; largest difference ${lossDifference}`,
    );

    const rates: Record<string, number[]> = Object.fromEntries(["athanor", ...configurations].map((key) => [key, []]));
    for (let pair = 0; pair < pairs; pair++) {
      rates.athanor!.push((await train(source)).history[0]!.speed.rowsPerSecond);
      for (const configuration of configurations) {
        const { seconds } = await peer.ask<{ seconds: number }>({ configuration });
        rates[configuration]!.push((steps * batch) / seconds);
      }
      log(
        Object.entries(rates)
          .map(([key, values]) => `${key} ${values.at(-1)!.toPrecision(3)}/s`)
          .join("  "),
      );
    }
    const versions = await peer.ask<Readonly<Record<string, unknown>>>({});
    const best = (i: number) => Math.max(...configurations.map((key) => rates[key]![i]!));
    return {
      ratio: median(rates.athanor!.map((rate, i) => rate / best(i))),
      imagesPerSecond: Object.fromEntries(Object.entries(rates).map(([key, values]) => [key, median(values)])),
      lossDifference,
      peer: { ...rest, ...versions },
      megabytes: process.resourceUsage().maxRSS / 1024,
      ...{ side, batch, threads },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const inOrder: Sampler = { name: "in-order", order: (count) => Uint32Array.from({ length: count }, (_, i) => i) };
