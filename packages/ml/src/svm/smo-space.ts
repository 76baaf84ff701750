import { compileKernel, KernelSpace } from "../threads/kernel-space.ts";
import type { Similarity } from "./similarity.ts";
import { smoBytes } from "./smo-bytes.ts";

interface Kernel {
  distances(point: number, stride: number, packed: number, features: number, blocks: number, to: number): void;
  products(point: number, stride: number, packed: number, features: number, blocks: number, to: number): void;
  exponentials(at: number, blocks: number, scale: number): void;
  powers(at: number, blocks: number, gamma: number, offset: number, degree: number): void;
  move(error: number, rise: number, first: number, second: number, count: number, step: number, found: number): number;
  partner(
    error: number,
    fall: number,
    row: number,
    diagonal: number,
    count: number,
    own: number,
    top: number,
    found: number,
  ): number;
  add(to: number, row: number, count: number, scale: number): void;
}

const compiled = compileKernel(smoBytes);

/** Points in a block, which a kernel's row is computed by. */
export const blockSize = 16;
export const padded = (points: number): number => blockSize * Math.ceil(points / blockSize);

/** Memory that the kernels of `smo.wat` work on; one problem after another may use it. */
export class SmoSpace extends KernelSpace<Kernel> {
  constructor() {
    super(compiled);
  }
}

/** Samples in blocks of 16 as the kernels read them, the last block filled up with zeros. */
export class PackedPoints {
  readonly #values: Float32Array;
  readonly #features: number;
  readonly #space: SmoSpace;

  static bytes = (points: number, features: number): number => 4 * padded(points) * features;

  constructor(space: SmoSpace, points: number, features: number) {
    this.#values = space.floats(padded(points) * features);
    this.#features = features;
    this.#space = space;
  }

  /** Bytes between the values of one point. */
  static stride = 4 * blockSize;

  #place(point: number): number {
    return (point - (point % blockSize)) * this.#features + (point % blockSize);
  }

  /** Where a point's first value is, in bytes. */
  at(point: number): number {
    return this.#values.byteOffset + 4 * this.#place(point);
  }

  /** Takes a point's values from a place in `data` on. */
  set(point: number, data: Float32Array, from: number): void {
    const values = this.#values;
    for (let j = from, to = this.#place(point), end = from + this.#features; j < end; j++, to += blockSize)
      values[to] = data[j]!;
  }

  swap(a: number, b: number): void {
    const [first, second] = [this.#place(a), this.#place(b)];
    for (let j = 0; j < blockSize * this.#features; j += blockSize) {
      const value = this.#values[first + j]!;
      this.#values[first + j] = this.#values[second + j]!;
      this.#values[second + j] = value;
    }
  }

  /** Compares a point with those of the blocks from one to another and writes the results, in single precision, to `to`. */
  compare(
    { kernel, gamma, coef0, degree }: Similarity,
    point: { readonly at: number; readonly stride: number },
    [from, end]: readonly [number, number],
    to: number,
  ): void {
    const kernels = this.#space.kernel;
    const packed = this.at(from * blockSize);
    const compute = kernel === "rbf" ? kernels.distances : kernels.products;
    compute(point.at, point.stride, packed, this.#features, end - from, to);
    if (kernel === "rbf") kernels.exponentials(to, end - from, -gamma);
    if (kernel === "poly") kernels.powers(to, end - from, gamma, coef0, degree);
  }
}
