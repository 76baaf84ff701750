import { AthanorError } from "@athanor/core";
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

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WebAssemblyApi {
  readonly Memory: new (sizes: { initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
const compiled = new Module(smoBytes);
const pageBytes = 65_536;
const mostPages = 65_535;
/** For the rounding of a dozen parts. */
const spareBytes = 4096;

/** Points in a block, which a kernel's row is computed by. */
export const blockSize = 16;
export const padded = (points: number): number => blockSize * Math.ceil(points / blockSize);

/** Memory that the kernels of `smo.wat` work on, its parts one after another; one problem after another may use it. */
export class SmoSpace {
  readonly kernel: Kernel;
  readonly #memory = new Memory({ initial: 1 });
  #next = 0;

  constructor() {
    this.kernel = new Instance(compiled, { env: { memory: this.#memory } }).exports as Kernel;
  }

  /**
   * Makes room and gives up what was there; what comes next holds anything at first.
   *
   * @throws `ml/too-large` beyond 4 GiB
   */
  clear(bytes: number): void {
    const pages = Math.ceil((bytes + spareBytes) / pageBytes);
    if (pages > mostPages)
      throw new AthanorError("ml/too-large", `svm: expected to need at most 4 GiB, got ${bytes} bytes`, {
        fix: "Fit on fewer rows or features.",
      });
    const more = pages - this.#memory.buffer.byteLength / pageBytes;
    if (more > 0) this.#memory.grow(more);
    this.#next = 0;
  }

  floats(length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, this.#take(4 * length), length);
  }

  doubles(length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, this.#take(8 * length), length);
  }

  #take(bytes: number): number {
    const at = this.#next;
    this.#next += 64 * Math.ceil(bytes / 64);
    return at;
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

  set(point: number, sample: Float32Array): void {
    const to = this.#place(point);
    for (let j = 0; j < this.#features; j++) this.#values[to + blockSize * j] = sample[j]!;
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
