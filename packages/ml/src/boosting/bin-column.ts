import { type BoostPlan, missingBin } from "./boost-plan.ts";

/** Values beyond this many are sampled to choose borders. */
const sampleSize = 200_000;
export const maxBins = 255;

/** Puts a feature's values in bins and leaves borders and count in shared memory. */
export function binColumn(plan: BoostPlan, bytes: Uint8Array, data: Float32Array, feature: number): void {
  const { rows, validationRows, features, layout, borders, binCounts, isCategorical } = plan;
  const all = rows + validationRows;
  const column = new Float32Array(all);
  for (let row = 0; row < all; row++) column[row] = data[row * features + feature]!;
  const isNominal = isCategorical[feature] === 1;
  const sorted = (isNominal ? column : sampled(column.subarray(0, rows)))
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bins = bytes.subarray(layout.bins + feature * all, layout.bins + (feature + 1) * all);
  const own = isNominal ? distinctOf(sorted) : bordersOf(sorted);
  borders.set(own, feature * maxBins);
  binCounts[feature] = isNominal ? own.length : own.length + 1;
  if (isNominal) {
    const places = new Map(Array.from(own, (value, bin) => [value, bin]));
    for (let row = 0; row < all; row++) bins[row] = places.get(column[row]!) ?? missingBin;
    return;
  }
  for (let row = 0; row < all; row++) {
    const value = column[row]!;
    bins[row] = Number.isNaN(value) ? missingBin : binOf(own, value);
  }
}

/** Every value of a short column, evenly spaced ones of a long one. */
function sampled(column: Float32Array): Float32Array {
  if (column.length <= sampleSize) return column;
  return Float32Array.from({ length: sampleSize }, (_, i) => column[Math.floor((i * column.length) / sampleSize)]!);
}

const distinctOf = (sorted: Float32Array): Float32Array =>
  sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);

/** Midway between neighbours where there are few values, at quantiles where there are many. */
function bordersOf(sorted: Float32Array): Float32Array {
  const distinct = distinctOf(sorted);
  const between = (low: number, high: number) => {
    const middle = Math.fround(low + (high - low) / 2);
    return middle < high ? middle : low;
  };
  if (distinct.length <= maxBins) {
    return Float32Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) =>
      between(distinct[i]!, distinct[i + 1]!),
    );
  }
  const found: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const at = (k * (sorted.length - 1)) / maxBins;
    const border = between(sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!);
    if (found.length === 0 || border > found.at(-1)!) found.push(border);
  }
  if (found.at(-1) === sorted.at(-1)) found.pop();
  return Float32Array.from(found);
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
