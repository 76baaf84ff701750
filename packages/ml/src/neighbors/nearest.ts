import type { Matrix } from "../matrix.ts";

/** The nearest stored samples of each row asked for, nearest first. */
export interface Nearest {
  /** `[samples, k]` */
  readonly rows: Int32Array;
  /** Euclidean, `[samples, k]` */
  readonly distances: Float64Array;
}

/** Stored samples looked at together: they stay in the cache while all rows are compared with them. */
const blockRows = 256;

/** Compares each row with every stored one; of equally near samples, the one stored first. */
export function nearest(x: Matrix, stored: Float32Array, k: number): Nearest {
  const [samples, features] = x.shape as [number, number];
  const count = stored.length / features;
  const rows = new Int32Array(samples * k);
  const squares = new Float64Array(samples * k).fill(Number.POSITIVE_INFINITY);
  for (let start = 0; start < count; start += blockRows) {
    const end = Math.min(count, start + blockRows);
    for (let row = 0; row < samples; row++) {
      const last = (row + 1) * k - 1;
      for (let other = start; other < end; other++) {
        let square = 0;
        for (let j = 0; j < features; j++) square += (x.data[row * features + j]! - stored[other * features + j]!) ** 2;
        if (square >= squares[last]!) continue;
        let at = last;
        for (; at > row * k && squares[at - 1]! > square; at--) {
          squares[at] = squares[at - 1]!;
          rows[at] = rows[at - 1]!;
        }
        squares[at] = square;
        rows[at] = other;
      }
    }
  }
  return { rows, distances: squares.map(Math.sqrt) };
}
