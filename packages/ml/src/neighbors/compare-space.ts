import { compileKernel, KernelSpace } from "../threads/kernel-space.ts";
import { compareBytes } from "./compare-bytes.ts";

type CompareAll = (rows: number, features: number, packed: number, blocks: number, to: number, stride: number) => void;

type CompareTwo = (a: number, b: number, features: number) => number;

interface Kernel {
  readonly products: CompareAll;
  readonly differences: CompareAll;
  readonly squared: CompareTwo;
  readonly absolute: CompareTwo;
  readonly product: CompareTwo;
  upTo(at: number, count: number, limit: number, places: number): number;
}

const compiled = compileKernel(compareBytes);

/** Stored samples in a block, and samples that are compared with them at once. */
export const [blockSize, rowsAtOnce] = [8, 4];
export const paddedTo = (size: number, count: number): number => size * Math.ceil(count / size);

/** Memory that the kernels of `compare.wat` work on. */
export class CompareSpace extends KernelSpace<Kernel> {
  constructor() {
    super(compiled);
  }
}

/** Puts rows into blocks as the kernels read them, `[blocks, width, 8]`, the last block filled up with zeros. */
export function packRows(rows: Float32Array, width: number, packed: Float32Array): void {
  const count = rows.length / width;
  packed.fill(0);
  for (let row = 0; row < count; row++) {
    let to = (row - (row % blockSize)) * width + (row % blockSize);
    for (let from = row * width, end = from + width; from < end; from++, to += blockSize) packed[to] = rows[from]!;
  }
}
