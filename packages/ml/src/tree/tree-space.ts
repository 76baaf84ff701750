import { AthanorError } from "@athanor/core";
import { pageBytes } from "../threads/shared-memory.ts";
import type { BinnedFeatures } from "./bin-features.ts";
import { splitBytes } from "./split-bytes.ts";

/** Rows of a node, where their weights and targets lie, how many they are, and a feature's bins by row. */
type NodeBins = [order: number, pairs: number, count: number, bins: number];

interface SplitKernel {
  sumNumbers(pairs: number, count: number, to: number): void;
  sumClasses(pairs: number, count: number, to: number, other: number, stride: number): void;
  lookNumbers(...of: [...NodeBins, chunks: number, scratch: number, total: number, least: number]): number;
  fillNumbers(...of: [...NodeBins, chunks: number, scratch: number, least: number]): void;
  scanNumbers(count: number, chunks: number, scratch: number, total: number, least: number, only: number): number;
  fillClasses(...of: [...NodeBins, chunks: number, scratch: number, least: number, stride: number]): void;
  listClasses(order: number, count: number, bins: number, scratch: number, next: number): void;
  scanClasses(
    count: number,
    chunks: number,
    scratch: number,
    least: number,
    only: number,
    pairs: number,
    next: number,
    stride: number,
    totals: number,
    left: number,
    weight: number,
    squares: number,
  ): number;
  part(...of: [...NodeBins, bin: number, spare: number, sparePairs: number]): number;
  drawRows(counts: number, rows: number, seed: bigint): void;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
const compiled = new Module(splitBytes);
/** Of the scratch, as `split.wat` lays it out. */
const [resultAt, histogramAt] = [2304, 2560];

/** A thread's own part of the memory in which the features lie, and the kernels over it. */
export class TreeSpace {
  readonly kernel: SplitKernel;
  /** Where each part begins, in bytes. */
  readonly at: Readonly<Record<"order" | "pairs" | "spare" | "sparePairs" | "totals" | "left" | "scratch", number>>;
  /** Rows of the tree, those of a node side by side. */
  readonly order: Uint32Array;
  /** By place in the order: a weight, and what is learned. */
  readonly pairs: Float64Array;
  readonly labels: Int32Array;
  /** By row: how often it was drawn. */
  readonly draws: Uint16Array;
  readonly totals: Float64Array;
  /** By bin: 255 where the node has rows, between filling and scanning. */
  readonly isUsed: Uint8Array;
  readonly #result: Int32Array;
  /** Bytes that a bin's sums take. */
  readonly stride: number;

  /** @throws `ml/too-large` where features and threads together need more than 4 GiB */
  constructor({ memory, rows }: BinnedFeatures, outputs: number) {
    this.stride = 16 * Math.ceil(Math.max(3, outputs) / 2);
    const sizes = {
      order: 4 * rows,
      pairs: 16 * rows,
      spare: 4 * rows,
      sparePairs: 16 * rows,
      totals: this.stride,
      left: this.stride,
      scratch: histogramAt + 2 * 256 * this.stride,
    };
    let bytes = 0;
    const starts = Object.entries(sizes).map(([name, size]) => {
      const start = bytes;
      // With room for the row that `part` writes beyond the last.
      bytes += 64 * Math.ceil((size + 16) / 64);
      return [name, start] as const;
    });
    const base = pageBytes * grown(memory, Math.ceil(bytes / pageBytes));
    const at = Object.fromEntries(starts.map(([name, start]) => [name, base + start])) as TreeSpace["at"];
    const { buffer } = memory;
    this.at = at;
    this.kernel = new Instance(compiled, { env: { memory } }).exports as SplitKernel;
    this.order = new Uint32Array(buffer, at.order, rows);
    this.pairs = new Float64Array(buffer, at.pairs, 2 * rows);
    this.labels = new Int32Array(buffer, at.pairs, 4 * rows);
    this.draws = new Uint16Array(buffer, at.sparePairs, rows);
    this.totals = new Float64Array(buffer, at.totals, Math.max(3, outputs));
    this.isUsed = new Uint8Array(buffer, at.scratch, 256);
    this.#result = new Int32Array(buffer, at.scratch + resultAt, 1);
  }

  /** The last bin that goes left in the split that the last look found. */
  get bin(): number {
    return this.#result[0]!;
  }
}

function grown(memory: BinnedFeatures["memory"], pages: number): number {
  try {
    return memory.grow(pages);
  } catch (cause) {
    throw new AthanorError("ml/too-large", `Forest: expected ${pages * pageBytes} bytes more for a thread`, {
      fix: "Fit on fewer rows or features, or on fewer threads.",
      cause,
    });
  }
}
