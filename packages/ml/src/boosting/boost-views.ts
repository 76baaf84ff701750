import { type BoostPlan, blocksOf, groupsOf, splitNumbers } from "./boost-plan.ts";
import { kernelBytes } from "./kernel-bytes.ts";

interface Kernel {
  fillFour(
    order: number,
    pairs: number,
    count: number,
    bins0: number,
    bins1: number,
    bins2: number,
    bins3: number,
    to0: number,
    to1: number,
    to2: number,
    to3: number,
  ): void;
  fillTwo(order: number, pairs: number, count: number, bins0: number, bins1: number, to0: number, to1: number): void;
  gather(order: number, count: number, from: number, to: number): void;
  subtract(from: number, what: number, to: number, features: number): void;
  clear(at: number, bytes: number): void;
  scan(
    at: number,
    used: number,
    to: number,
    feature: number,
    least: number,
    l2: number,
    lower: number,
    upper: number,
    direction: number,
  ): void;
  part(order: number, count: number, bins: number, goesLeft: number, right: number): number;
  addToRows(order: number, count: number, scores: number, value: number): void;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

/** The shared memory as a thread sees it, and the kernels over it. */
export class BoostViews {
  readonly kernel: Kernel;
  /** This thread's own order of the rows, and where that and its other lists begin, in bytes. */
  readonly order: Int32Array;
  readonly at: { readonly order: number; readonly right: number; readonly gathered: number; readonly table: number };
  /** Gradient and hessian in turn. */
  readonly pairs: Float32Array;
  readonly scores: Float64Array;
  readonly kept: Float32Array;
  readonly targets: Float64Array;
  readonly weights: Float32Array;
  readonly splits: Float64Array;
  readonly control: Int32Array;
  readonly leafValues: Float64Array;
  readonly losses: Float64Array;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  readonly wholes: Uint32Array;

  constructor(plan: BoostPlan, thread: number) {
    const { memory, layout, rows, validationRows, outputs, growth } = plan;
    const { buffer } = memory;
    const all = rows + validationRows;
    this.kernel = new Instance(new Module(kernelBytes), { env: { memory } }).exports as Kernel;
    this.at = {
      order: layout.order + thread * 4 * (all + 1),
      right: layout.right + thread * 4 * (all + 1),
      gathered: layout.gathered + thread * 8 * all,
      table: layout.tables + thread * 256,
    };
    this.order = new Int32Array(buffer, this.at.order, all);
    this.pairs = new Float32Array(buffer, layout.pairs, 2 * all);
    this.scores = new Float64Array(buffer, layout.scores, all * outputs);
    this.kept = new Float32Array(buffer, layout.kept, all * outputs);
    this.targets = new Float64Array(buffer, layout.targets, all);
    this.weights = new Float32Array(buffer, layout.weights, all);
    this.splits = new Float64Array(buffer, layout.splits, 2 * growth.maxLeaves * groupsOf(plan) * splitNumbers);
    this.control = new Int32Array(buffer, layout.control, 16);
    this.leafValues = new Float64Array(buffer, layout.leafValues, growth.maxLeaves);
    this.losses = new Float64Array(buffer, layout.losses, blocksOf(validationRows));
    this.bytes = new Uint8Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.wholes = new Uint32Array(buffer);
  }
}
