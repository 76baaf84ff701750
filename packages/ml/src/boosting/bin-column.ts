import { DistinctValues } from "../columns/distinct-values.ts";
import { type BoostPlan, missingBin } from "./boost-plan.ts";

/** Values beyond this many are sampled to choose borders. */
const sampleSize = 200_000;
export const maxBins = 255;

/** Puts a feature's values in bins and leaves borders and count in shared memory. */
export function binColumn(plan: BoostPlan, bytes: Uint8Array, data: Float32Array, feature: number): void {
  const { rows, validationRows, features, layout, borders, binCounts, isCategorical } = plan;
  const all = rows + validationRows;
  const isNominal = isCategorical[feature] === 1;
  // Rows to stop by have no say in where borders lie.
  const known = isNominal ? all : rows;
  const bins = bytes.subarray(layout.bins + feature * all, layout.bins + (feature + 1) * all);
  const distinct = new DistinctValues(maxBins);
  distinct.number(data, feature, features, 0, known, bins, 0);
  const { sorted, ranks } = distinct.ranked();
  const own = isNominal ? sorted : distinct.areMany ? quantilesOf(plan, data, feature) : middlesOf(sorted);
  borders.set(own, feature * maxBins);
  binCounts[feature] = isNominal ? own.length : own.length + 1;
  const numbered = distinct.areMany ? 0 : known;
  for (let row = 0; row < numbered; row++) bins[row] = ranks[bins[row]!]!;
  for (let row = numbered; row < all; row++) {
    const value = data[row * features + feature]!;
    bins[row] = Number.isNaN(value) ? missingBin : binOf(own, value);
  }
}

/** Between neighbours of a sample of the values, at quantiles where there are many even in it. */
function quantilesOf({ rows, features }: BoostPlan, data: Float32Array, feature: number): Float32Array {
  const count = Math.min(rows, sampleSize);
  const sample = new Float32Array(count);
  let known = 0;
  for (let i = 0; i < count; i++) {
    const value = data[Math.floor((i * rows) / count) * features + feature]!;
    if (!Number.isNaN(value)) sample[known++] = value;
  }
  const sorted = sample.subarray(0, known).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= maxBins) return middlesOf(distinct);
  const found: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const at = (k * (sorted.length - 1)) / maxBins;
    const border = between(sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!);
    if (found.length === 0 || border > found.at(-1)!) found.push(border);
  }
  if (found.at(-1) === sorted.at(-1)) found.pop();
  return Float32Array.from(found);
}

const middlesOf = (distinct: Float32Array): Float32Array =>
  Float32Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) => between(distinct[i]!, distinct[i + 1]!));

/** Midway, or the lower value where nothing lies between. */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
}

/** The first border that the value does not exceed. */
function binOf(borders: Float32Array, value: number): number {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= borders[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
