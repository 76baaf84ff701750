import { flag, float32, integer, type LongWork, type OptionValues, type Random, real } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { type Matrix, takeSamples } from "../matrix.ts";
import type { ClassSamples } from "./class-member.ts";
import type { NumberSamples } from "./number-member.ts";

/** What bagging is told. */
export const baggingOptions = {
  nEstimators: integer(10, "number of members", { min: 1, max: 5000 }),
  maxSamples: real(1, "share of the samples that each member is fitted on", { min: 1e-6, max: 1 }),
  maxFeatures: real(1, "share of the features that each member looks at", { min: 1e-6, max: 1 }),
  bootstrap: flag(true, "draw samples with replacement"),
  bootstrapFeatures: flag(false, "draw features with replacement"),
};

/** What one member is fitted on. */
interface Bag {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly seed: number;
}

/** Draws what a member is fitted on. */
function drawBag(
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
function leftOut({ rows }: Bag, samples: number): Int32Array {
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

/** A fitted member, and the columns that it looks at. */
export interface Bagged<Member> {
  readonly member: Member;
  readonly columns: Int32Array;
}

interface BagWork extends ClassSamples, Pick<LongWork, "onProgress"> {
  readonly random: Random;
  readonly options: OptionValues<typeof baggingOptions>;
}

/** Fits the members one after another; `hear` gets the rows that each has not seen, with its own columns of them. */
export async function fitBags<Member>(
  { x, y, weights, random, options, onProgress }: BagWork,
  fit: (seed: number, samples: NumberSamples) => Promise<Member>,
  hear: (member: Member, unseen: Int32Array, x: Matrix) => void,
): Promise<readonly Bagged<Member>[]> {
  const bagged: Bagged<Member>[] = [];
  for (let m = 0; m < options.nEstimators; m++) {
    const bag = drawBag(x.shape as [number, number], options, random.split(m));
    const own = takeColumns(x, bag.columns);
    const member = await fit(bag.seed, {
      x: takeSamples(own, bag.rows),
      y: Float64Array.from(bag.rows, (row) => y[row]!),
      weights: Float64Array.from(bag.rows, (row) => weights[row]!),
    });
    bagged.push({ member, columns: bag.columns });
    const unseen = leftOut(bag, y.length);
    hear(member, unseen, takeSamples(own, unseen));
    onProgress?.({
      stage: "fitting members",
      done: m + 1,
      total: options.nEstimators,
      unit: "members",
      metrics: {},
    });
  }
  return bagged;
}
