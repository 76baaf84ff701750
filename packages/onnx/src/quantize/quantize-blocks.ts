import type { Matrix } from "./matrix.ts";

/** How whole numbers are packed. */
export interface BlockFormat {
  readonly bits: 4 | 8;
  /** Weights with one scale: a power of two from 16. */
  readonly blockSize: number;
}

/** Rows of whole numbers by blocks with one scale each: w ≈ (whole − 2^(bits − 1)) × scale. */
export interface QuantizedBlocks {
  /** `[rows, blocks, blockSize × bits / 8]` as MatMulNBits reads it, the lower half of a byte first; a last block is filled up with zeros. */
  readonly packed: Uint8Array;
  /** `[rows, blocks]` */
  readonly scales: Float32Array;
}

/** Rounds each block of a row, its largest weight to the largest whole number. */
export function quantizeBlocks({ rows, columns, data }: Matrix, { bits, blockSize }: BlockFormat): QuantizedBlocks {
  const blocks = Math.ceil(columns / blockSize);
  const middle = 2 ** (bits - 1);
  const perByte = 8 / bits;
  const packed = new Uint8Array((rows * blocks * blockSize) / perByte);
  const scales = new Float32Array(rows * blocks);
  for (let block = 0; block < scales.length; block++) {
    const column = (block % blocks) * blockSize;
    const start = Math.floor(block / blocks) * columns + column;
    const weights = data.subarray(start, start + Math.min(blockSize, columns - column));
    const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
    const scale = Math.fround(most / (middle - 1)) || 1;
    scales[block] = scale;
    for (let i = 0; i < blockSize; i++) {
      const whole = i < weights.length ? Math.round(weights[i]! / scale) : 0;
      const place = block * blockSize + i;
      packed[Math.floor(place / perByte)]! |= (whole + middle) << (bits * (place % perByte));
    }
  }
  return { packed, scales };
}

/** The weights that packed numbers stand for, in rows of a length. */
export function roundedBlocks(
  { packed, scales }: QuantizedBlocks,
  columns: number,
  { bits, blockSize }: BlockFormat,
): Matrix {
  const blocks = Math.ceil(columns / blockSize);
  const rows = scales.length / blocks;
  const perByte = 8 / bits;
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < data.length; i++) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const place = row * blocks * blockSize + column;
    const whole = (packed[Math.floor(place / perByte)]! >> (bits * (place % perByte))) & (2 ** bits - 1);
    data[i] = (whole - 2 ** (bits - 1)) * scales[row * blocks + Math.floor(column / blockSize)]!;
  }
  return { rows, columns, data };
}
