import type { Matrix } from "./matrix.ts";

/**
 * The largest weight as a whole number: seven bits.
 *
 * Processors without instructions for dot products of bytes add two products of a byte and a signed byte in 16 bits, which
 * seven bits cannot overflow: 2 × 255 × 63 < 2¹⁵.
 */
const largest = 63;

/** Whole numbers with one scale a column. */
export interface QuantizedColumns {
  readonly whole: Int8Array;
  readonly scales: Float32Array;
}

/** Rounds each column to whole numbers of seven bits, its largest weight to 63: w ≈ whole × scale. */
export function quantizeColumns({ rows, columns, data }: Matrix): QuantizedColumns {
  const scales = new Float32Array(columns);
  for (let i = 0; i < data.length; i++) {
    const column = i % columns;
    scales[column] = Math.max(scales[column]!, Math.abs(data[i]!));
  }
  for (let column = 0; column < columns; column++) scales[column] = scales[column]! / largest || 1;
  const whole = new Int8Array(rows * columns);
  for (let i = 0; i < whole.length; i++) whole[i] = Math.round(data[i]! / scales[i % columns]!);
  return { whole, scales };
}

/** The weights that whole numbers stand for. */
export function roundedColumns({ whole, scales }: QuantizedColumns): Matrix {
  const columns = scales.length;
  return {
    rows: whole.length / columns,
    columns,
    data: Float32Array.from(whole, (each, i) => each * scales[i % columns]!),
  };
}
