import { DistinctValues } from "../columns/distinct-values.ts";
import { type KernelMemory, sharedMemory } from "../threads/shared-memory.ts";

/** Features cut into at most 256 bins each, feature by feature, with the float32 threshold after each bin. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly features: number;
  /** Memory that threads share; the bins come first in it, `[features, rows]`. */
  readonly memory: KernelMemory;
  /** By feature, ascending: a value is in the first bin whose threshold it does not exceed. */
  readonly thresholds: readonly Float32Array[];
}

const maxBins = 256;
/** Values beyond this many are sampled to choose cuts. */
const sampleSize = 50_000;
/** Rows that are read for all features before the next ones, so that they stay in the caches. */
const blockRows = 1024;

/** Cuts midway between neighbouring values where there are few of them, at quantiles where there are many. */
export function binFeatures(data: Float32Array, rows: number, features: number): BinnedFeatures {
  const memory = sharedMemory("trees", rows * features);
  const bins = new Uint8Array(memory.buffer, 0, rows * features);
  const values = Array.from({ length: features }, () => new DistinctValues(maxBins));
  for (let start = 0; start < rows; start += blockRows)
    for (const [feature, distinct] of values.entries())
      distinct.number(data, feature, features, start, Math.min(rows, start + blockRows), bins, feature * rows);
  const cuts = values.map((distinct, feature) => {
    if (distinct.areMany) return quantileCuts(sampled(data, feature, rows, features));
    const { sorted, ranks } = distinct.ranked();
    for (let at = feature * rows; at < (feature + 1) * rows; at++) bins[at] = ranks[bins[at]!]!;
    return Float32Array.from({ length: sorted.length - 1 }, (_, i) => between(sorted[i]!, sorted[i + 1]!));
  });
  for (let start = 0; start < rows; start += blockRows)
    for (const [feature, { areMany }] of values.entries()) {
      if (!areMany) continue;
      const end = Math.min(rows, start + blockRows);
      for (let row = start; row < end; row++)
        bins[feature * rows + row] = binOf(cuts[feature]!, data[row * features + feature]!);
    }
  return { rows, features, memory, thresholds: cuts };
}

/** A feature's values in rising order: every one of a short column, evenly spaced ones of a long one. */
function sampled(data: Float32Array, feature: number, rows: number, features: number): Float32Array {
  const count = Math.min(rows, sampleSize);
  const sample = new Float32Array(count);
  for (let i = 0; i < count; i++) sample[i] = data[Math.floor((i * rows) / count) * features + feature]!;
  return sample.sort();
}

function quantileCuts(sorted: Float32Array): Float32Array {
  const cuts: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const at = Math.floor((k * sorted.length) / maxBins);
    const cut = sorted[at - 1]! < sorted[at]! ? between(sorted[at - 1]!, sorted[at]!) : sorted[at]!;
    if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
  }
  if (cuts.at(-1) === sorted.at(-1)) cuts.pop();
  return Float32Array.from(cuts);
}

/** Midway, or the lower value where nothing lies between. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

/** The first threshold that the value does not exceed. */
function binOf(cuts: Float32Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
