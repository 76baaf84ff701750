import type { Matrix } from "./matrix.ts";

/** How whole numbers are packed. */
export interface BlockFormat {
  readonly bits: 4 | 8;
  /** Weights with one scale: a power of two from 16. */
  readonly blockSize: number;
}

/** Rounds each block of a row, its largest weight to the largest whole number: w ≈ (whole − 2^(bits − 1)) × scale. */
export function quantizeBlocks(
  { rows, columns, data }: Matrix,
  { bits, blockSize }: BlockFormat,
): {
  /** `[rows, blocks, blockSize × bits / 8]` as MatMulNBits reads it, the lower half of a byte first; a last block is filled up with zeros. */
  readonly packed: Uint8Array;
  /** `[rows, blocks]` */
  readonly scales: Float32Array;
  /** The weights that the whole numbers stand for. */
  readonly rounded: Matrix;
} {
  const blocks = Math.ceil(columns / blockSize);
  const middle = 2 ** (bits - 1);
  const perByte = 8 / bits;
  const packed = new Uint8Array((rows * blocks * blockSize) / perByte);
  const scales = new Float32Array(rows * blocks);
  const rounded = new Float32Array(data.length);
  for (let block = 0; block < scales.length; block++) {
    const column = (block % blocks) * blockSize;
    const start = Math.floor(block / blocks) * columns + column;
    const weights = data.subarray(start, start + Math.min(blockSize, columns - column));
    const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
    const scale = Math.fround(most / (middle - 1)) || 1;
    scales[block] = scale;
    for (let i = 0; i < blockSize; i++) {
      const whole = i < weights.length ? Math.round(weights[i]! / scale) : 0;
      if (i < weights.length) rounded[start + i] = whole * scale;
      const place = block * blockSize + i;
      packed[Math.floor(place / perByte)]! |= (whole + middle) << (bits * (place % perByte));
    }
  }
  return { packed, scales, rounded: { rows, columns, data: rounded } };
}
