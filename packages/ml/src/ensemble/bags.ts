import { flag, float32, integer, type OptionValues, type Random, real } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";

/** What bagging is told. */
export const baggingOptions = {
  nEstimators: integer(10, "number of members", { min: 1, max: 5000 }),
  maxSamples: real(1, "share of the samples that each member is fitted on", { min: 1e-6, max: 1 }),
  maxFeatures: real(1, "share of the features that each member looks at", { min: 1e-6, max: 1 }),
  bootstrap: flag(true, "draw samples with replacement"),
  bootstrapFeatures: flag(false, "draw features with replacement"),
};

/** What one member is fitted on. */
export interface Bag {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly seed: number;
}

/** Draws what a member is fitted on. */
export function drawBag(
  [samples, features]: readonly [number, number],
  { maxSamples, maxFeatures, bootstrap, bootstrapFeatures }: OptionValues<typeof baggingOptions>,
  random: Random,
): Bag {
  const draw = (all: number, share: number, isRepeating: boolean) => {
    const count = Math.max(1, Math.floor(share * all));
    const drawn = isRepeating
      ? Int32Array.from({ length: count }, () => random.integer(all))
      : Int32Array.from(random.permutation(all).subarray(0, count));
    // In their own order all are as they were.
    return drawn.sort();
  };
  return {
    rows: draw(samples, maxSamples, bootstrap),
    columns: draw(features, maxFeatures, bootstrapFeatures),
    seed: random.integer(2 ** 31),
  };
}

/** The rows that a member was not fitted on. */
export function leftOut({ rows }: Bag, samples: number): Int32Array {
  const used = new Set(rows);
  return Int32Array.from({ length: samples }, (_, row) => row).filter((row) => !used.has(row));
}

export function takeColumns({ data, shape: [rows = 0, features = 0] }: Matrix, columns: Int32Array): Matrix {
  const width = columns.length;
  const taken = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < width; j++) taken[row * width + j] = data[row * features + columns[j]!]!;
  return float32(taken, [rows, width]);
}

/** The same as operators. */
export const takeColumnsToOnnx = (g: GraphBuilder, x: Value, columns: Int32Array): Value =>
  g.gather(x, g.constant(Array.from(columns), "int64"), 1);
