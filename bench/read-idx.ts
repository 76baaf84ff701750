import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Random } from "@athanor/core";

export interface Digits {
  /** Pixels from 0 to 1, row by row. */
  readonly images: Float32Array;
  readonly labels: BigInt64Array;
  readonly source: "mnist" | "synthetic";
}

/** MNIST's training digits where the data folder has them, seeded noise around ten prototypes otherwise. */
export function readDigits(count: number): Digits {
  const folder = join(process.env.ATHANOR_DATA ?? "../shared/data", "mnist");
  if (!existsSync(folder)) return syntheticDigits(count);
  const pixels = gunzipSync(readFileSync(join(folder, "train-images-idx3-ubyte.gz"))).subarray(16, 16 + count * 784);
  const labels = gunzipSync(readFileSync(join(folder, "train-labels-idx1-ubyte.gz"))).subarray(8, 8 + count);
  return {
    images: Float32Array.from(pixels, (value) => value / 255),
    labels: BigInt64Array.from(labels, BigInt),
    source: "mnist",
  };
}

function syntheticDigits(count: number): Digits {
  const random = Random.from(5);
  const prototypes = Float32Array.from({ length: 7840 }, () => random.uniform());
  const labels = BigInt64Array.from({ length: count }, () => BigInt(random.integer(10)));
  const images = Float32Array.from(
    { length: count * 784 },
    (_, i) => 0.5 * prototypes[Number(labels[Math.floor(i / 784)]) * 784 + (i % 784)]! + 0.5 * random.uniform(),
  );
  return { images, labels, source: "synthetic" };
}
