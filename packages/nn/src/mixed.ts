import { float32, type Random, type Tensor } from "@athanor/core";
import type { BatchSource } from "./batch-source.ts";
import type { Mix } from "./mix.ts";

/** What labels become, and how rows are mixed. */
export interface MixedOptions {
  readonly classes: number;
  /** One of them is drawn for each batch. */
  readonly mixes?: readonly Mix[];
  /** How often a batch is mixed. */
  readonly probability?: number;
  /** Share of each row that is spread evenly over all classes. */
  readonly labelSmoothing?: number;
}

/** A source of labelled rows as one of shares of classes `[rows, classes]`, whose batches are mixed; learnt by `klDivergence`. */
export function mixed(
  source: BatchSource,
  { classes, mixes = [], probability = 1, labelSmoothing = 0 }: MixedOptions,
): BatchSource {
  return {
    count: source.count,
    targets: { dtype: "float32", shape: [classes] },
    async take(rows, random, signal) {
      const { x, y: labels } = await source.take(rows, random, signal);
      const y = sharesOf(labels, classes, labelSmoothing);
      const chance: Random = random.split("mix");
      if (mixes.length === 0 || chance.uniform() >= probability) return { x, y };
      return chance.choice(mixes).mix({ x: x as Tensor<"uint8">, y }, chance);
    },
  };
}

/** Labels as shares of classes: all of a row for its label, but for what is spread over all. */
function sharesOf({ data, shape }: Tensor, classes: number, smoothing: number): Tensor<"float32"> {
  const shares = float32(new Float32Array(shape[0]! * classes).fill(smoothing / classes), [shape[0]!, classes]);
  for (const [row, label] of (data as BigInt64Array).entries())
    shares.data[row * classes + Number(label)]! += 1 - smoothing;
  return shares;
}
