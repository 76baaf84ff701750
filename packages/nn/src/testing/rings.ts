import { float32, Random, Tensor } from "@athanor/core";
import type { Rows } from "../batch-source.ts";
import type { FitOptions } from "../fit-options.ts";
import { crossEntropy } from "../losses/cross-entropy.ts";
import { mlp } from "../models/mlp.ts";
import { adamW } from "../optimizers/adam-w.ts";
import { cosine } from "../schedules/cosine.ts";

/** Points in two interleaved rings. */
export function rings(count: number, seed: number): Rows {
  const random = Random.from(seed);
  const labels = Array.from({ length: count }, () => random.integer(2));
  const points = labels.flatMap((label) => {
    const [angle, radius] = [2 * Math.PI * random.uniform(), 1 + label + 0.2 * random.normal()];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { x: float32(points, [count, 2]), y: new Tensor("int64", BigInt64Array.from(labels.map(BigInt)), [count]) };
}

/** A network that can tell the rings apart. */
export const ringNetwork = mlp({ features: 2, hidden: [16, 16], outputs: 2 });

/** How it learns to. */
export const ringOptions = {
  threads: 1,
  loss: crossEntropy(),
  optimizer: adamW(),
  learningRate: 0.02,
  schedule: cosine({ warmUpSteps: 10 }),
  epochs: 8,
  batchSize: 32,
  seed: 4,
} satisfies FitOptions;
