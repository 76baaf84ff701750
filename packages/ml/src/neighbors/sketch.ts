import { Random } from "@athanor/core";
import { blockSize, CompareSpace, packRows, paddedTo, rowsAtOnce } from "./compare-space.ts";
import type { NeighborMetric } from "./distance.ts";

/**
 * What bounds distances from below: coordinates of samples along a few directions, and the length of what these leave out.
 *
 * ‖a − b‖² ≥ ‖a‖² + ‖b‖² − 2 (Pa·Pb + ‖a − Pa‖ ‖b − Pb‖)
 */
export interface Sketch {
  /** Taken off every sample first, `[features]`; distances do not change, and less is lost to rounding. */
  readonly means: Float64Array;
  /** Orthonormal rows, `[directions, features]`; none when a sample stands for itself. */
  readonly axes: Float32Array;
}

const roundoff = 2 ** -24;
const directions = 64;
/** Below twice the directions a sketch saves nothing. */
export const mostWhole = 2 * directions;
const sampled = 512;
const turns = 3;

/** Samples as they are, less their mean where the metric allows. */
export function wholeSketch(samples: Float32Array, features: number, metric: NeighborMetric): Sketch {
  const means = new Float64Array(features);
  if (metric === "euclidean") {
    for (let from = 0; from < samples.length; from += features)
      for (let j = 0; j < features; j++) means[j]! += samples[from + j]!;
    for (let j = 0; j < features; j++) means[j]! *= features / samples.length;
  }
  return { means, axes: new Float32Array() };
}

/** Directions along which samples vary most, by subspace iteration over some of them: nearly those of the principal components. */
export function narrowSketch(samples: Float32Array, features: number, metric: NeighborMetric): Sketch {
  const whole = wholeSketch(samples, features, metric);
  const stored = samples.length / features;
  const step = Math.max(1, Math.floor(stored / sampled));
  const rows = Array.from({ length: Math.min(sampled, Math.floor(stored / step)) }, (_, i) =>
    prepared(samples, i * step, features, whole, metric),
  );
  const random = Random.from(0);
  let axes: readonly Float64Array[] = Array.from({ length: directions }, () =>
    Float64Array.from({ length: features }, () => random.normal()),
  );
  for (let turn = 0; turn < turns; turn++) {
    const turnedAxes = axes.map(() => new Float64Array(features));
    for (const row of rows)
      for (const [k, axis] of axes.entries()) {
        let along = 0;
        for (let j = 0; j < features; j++) along += row[j]! * axis[j]!;
        const to = turnedAxes[k]!;
        for (let j = 0; j < features; j++) to[j]! += along * row[j]!;
      }
    axes = orthonormal(turnedAxes);
  }
  return { ...whole, axes: Float32Array.from(axes.flatMap((axis) => [...axis])) };
}

/** Rows at right angles and of length one that span the same; what is in the span already goes. */
function orthonormal(rows: readonly Float64Array[]): Float64Array[] {
  const kept: Float64Array[] = [];
  for (const row of rows) {
    const before = Math.hypot(...row);
    for (let again = 0; again < 2; again++)
      for (const other of kept) {
        let along = 0;
        for (let j = 0; j < row.length; j++) along += row[j]! * other[j]!;
        for (let j = 0; j < row.length; j++) row[j]! -= along * other[j]!;
      }
    const length = Math.hypot(...row);
    if (length > 1e-8 * before) kept.push(row.map((value) => value / length));
  }
  return kept;
}

/** A sample less the means, and for cosines of length one; all zeros stay so. */
function prepared(
  samples: Float32Array,
  row: number,
  features: number,
  { means }: Sketch,
  metric: NeighborMetric,
): Float32Array {
  const own = samples.subarray(row * features, (row + 1) * features);
  if (metric === "manhattan") return own;
  if (metric === "euclidean") return own.map((value, j) => value - means[j]!);
  let square = 0;
  for (const value of own) square += value ** 2;
  return square === 0 ? own : own.map((value) => value / Math.sqrt(square));
}

/** Share of the squared lengths of two samples by which rounding may move a bound. */
export function slackOf({ axes }: Sketch, features: number): number {
  const width = axes.length / features;
  const along = width === 0 ? roundoff : Math.sqrt(width) * (features + 2) * roundoff;
  return 4 * along + ((width || features) + 6) * roundoff;
}

/** Values of a row of keys: a sample's coordinates, what they leave out, and a place for the squared length. */
export const keyWidth = ({ axes }: Sketch, features: number, metric: NeighborMetric): number =>
  (axes.length === 0 ? features : axes.length / features + 1) + Number(metric === "euclidean");

/** Rows of keys, whose products are bounds less the `offsets` of the samples that ask. */
export interface Keys {
  /** `[rows, width]` */
  readonly values: Float32Array;
  /** Squared lengths less the slack, one a row. */
  readonly offsets: Float64Array;
}

/** Keys of samples that ask, or of stored ones that answer. */
export function keysOf(
  samples: Float32Array,
  features: number,
  sketch: Sketch,
  metric: NeighborMetric,
  isStored: boolean,
): Keys {
  const rows = samples.length / features;
  const width = keyWidth(sketch, features, metric);
  const values = new Float32Array(rows * width);
  const offsets = new Float64Array(rows);
  const slack = slackOf(sketch, features);
  const along = sketch.axes.length > 0;
  const factor = !isStored || metric === "manhattan" ? 1 : metric === "euclidean" ? -2 : -1;
  const own = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) own.set(prepared(samples, row, features, sketch, metric), row * features);
  const coordinates = along ? projected(own, features, sketch.axes) : own;
  const count = along ? sketch.axes.length / features : features;
  for (let row = 0; row < rows; row++) {
    let [square, seen] = [0, 0];
    for (let i = row * features; i < (row + 1) * features; i++) square += own[i]! ** 2;
    for (let k = 0; k < count; k++) {
      const value = coordinates[row * count + k]!;
      seen += value ** 2;
      values[row * width + k] = factor * value;
    }
    if (along) values[row * width + count] = factor * Math.sqrt(Math.max(0, square - seen) + slack * square);
    offsets[row] = square * (1 - slack);
    if (metric === "euclidean") values[(row + 1) * width - 1] = isStored ? offsets[row]! : 1;
  }
  return { values, offsets };
}

/** Coordinates of rows along the axes, `[rows, directions]`. */
function projected(rows: Float32Array, features: number, axes: Float32Array): Float32Array {
  const [count, width] = [rows.length / features, axes.length / features];
  const [blocks, chunk] = [Math.ceil(width / blockSize), 1024];
  const stride = blocks * blockSize;
  const space = new CompareSpace();
  space.clear(4 * (features * stride + chunk * features + chunk * stride));
  const packed = space.floats(features * stride);
  const part = space.floats(chunk * features);
  const products = space.floats(chunk * stride);
  packRows(axes, features, packed);
  const results = new Float32Array(count * width);
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start);
    part.set(rows.subarray(start * features, (start + size) * features));
    for (let row = 0; row < paddedTo(rowsAtOnce, size); row += rowsAtOnce)
      space.kernel.products(
        part.byteOffset + 4 * row * features,
        features,
        packed.byteOffset,
        blocks,
        products.byteOffset + 4 * row * stride,
        4 * stride,
      );
    for (let row = 0; row < size; row++)
      results.set(products.subarray(row * stride, row * stride + width), (start + row) * width);
  }
  return results;
}
