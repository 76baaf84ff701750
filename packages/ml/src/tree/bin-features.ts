/** Features cut into at most 256 bins each, feature by feature, with the float32 threshold after each bin. */
export interface BinnedFeatures {
  readonly rows: number;
  readonly features: number;
  /** `[features, rows]` in memory that threads share. */
  readonly bins: Uint8Array;
  /** By feature, ascending: a value is in the first bin whose threshold it does not exceed. */
  readonly thresholds: readonly Float32Array[];
}

const maxBins = 256;
/** Values beyond this many are sampled to choose cuts. */
const sampleSize = 50_000;

/** Cuts midway between neighbouring values where there are few of them, at quantiles where there are many. */
export function binFeatures(data: Float32Array, rows: number, features: number): BinnedFeatures {
  const bins = new Uint8Array(new SharedArrayBuffer(rows * features));
  const column = new Float32Array(rows);
  const thresholds = Array.from({ length: features }, (_, feature) => {
    for (let row = 0, at = feature; row < rows; row++, at += features) column[row] = data[at]!;
    const cuts = cutsOf(sampled(column).sort());
    for (let row = 0, at = feature * rows; row < rows; row++, at++) bins[at] = binOf(cuts, column[row]!);
    return cuts;
  });
  return { rows, features, bins, thresholds };
}

/** Every value of a short column, evenly spaced ones of a long one. */
function sampled(column: Float32Array): Float32Array {
  if (column.length <= sampleSize) return column.slice();
  const sample = new Float32Array(sampleSize);
  for (let i = 0; i < sampleSize; i++) sample[i] = column[Math.floor((i * column.length) / sampleSize)]!;
  return sample;
}

function cutsOf(sorted: Float32Array): Float32Array {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const between = (low: number, high: number) => {
    const middle = Math.fround(low + (high - low) / 2);
    return middle < high ? middle : low;
  };
  if (distinct.length <= maxBins)
    return Float32Array.from({ length: distinct.length - 1 }, (_, i) => between(distinct[i]!, distinct[i + 1]!));
  const cuts: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const at = Math.floor((k * sorted.length) / maxBins);
    const cut = sorted[at - 1]! < sorted[at]! ? between(sorted[at - 1]!, sorted[at]!) : sorted[at]!;
    if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
  }
  if (cuts.at(-1) === sorted.at(-1)) cuts.pop();
  return Float32Array.from(cuts);
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
