import type { Matrix } from "./matrix.ts";

/**
 * The largest weight as a whole number: seven bits.
 *
 * Processors without instructions for dot products of bytes add two products of a byte and a signed byte in 16 bits, which
 * seven bits cannot overflow: 2 × 255 × 63 < 2¹⁵.
 */
const largest = 63;

/** Rounds each column to whole numbers of seven bits, its largest weight to 63: w ≈ whole × scale. */
export function quantizeColumns({ rows, columns, data }: Matrix): {
  readonly whole: Int8Array;
  /** One a column. */
  readonly scales: Float32Array;
  /** The weights that the whole numbers stand for. */
  readonly rounded: Matrix;
} {
  const scales = new Float32Array(columns);
  for (let i = 0; i < data.length; i++) {
    const column = i % columns;
    scales[column] = Math.max(scales[column]!, Math.abs(data[i]!));
  }
  for (let column = 0; column < columns; column++) scales[column] = scales[column]! / largest || 1;
  const whole = Int8Array.from(data, (weight, i) => Math.round(weight / scales[i % columns]!));
  return {
    whole,
    scales,
    rounded: { rows, columns, data: Float32Array.from(whole, (n, i) => n * scales[i % columns]!) },
  };
}
