import type { Matrix } from "../matrix.ts";
import { compileKernel, KernelSpace } from "../threads/kernel-space.ts";
import type { Tree } from "./tree.ts";
import { walkBytes } from "./walk-bytes.ts";

interface Kernel {
  walk(root: number, samples: number, rows: number, leaves: number): void;
  add(leaves: number, rows: number, sums: number, width: number, scale: number): void;
}

const compiled = compileKernel(walkBytes);
/** Numbers of rows, and nodes of trees, that are worked on together: what the second cache holds, in memory that is used again. */
const [blockNumbers, batchNodes] = [65_536, 65_536];
/** Rows that walk side by side. */
const abreast = 8;
/** Below this many rows packing the trees takes longer than walking them. */
export const fewRows = 64;

/** Mean leaf values over the trees, `[samples, outputs]`. */
export function walkTrees({ data, shape }: Matrix, trees: readonly Tree[]): Float64Array {
  const [rows, features] = shape as [number, number];
  const outputs = trees[0]!.outputs;
  const means = new Float64Array(rows * outputs);
  const fitting = Math.max(512, Math.floor(blockNumbers / features));
  const block = abreast * Math.ceil(Math.min(rows, fitting) / abreast);
  const largest = trees.reduce((most, { feature }) => Math.max(most, feature.length), batchNodes);
  const space = new KernelSpace<Kernel>(compiled);
  space.clear(4 * block * (features + 1) + 8 * block * outputs + (16 + 8 * outputs) * largest);
  const samples = space.floats(block * features);
  const leaves = space.wholes(block);
  const sums = space.doubles(block * outputs);
  const values = space.doubles(largest * outputs);
  const nodes = space.wholes(4 * largest);
  for (const batch of batchesOf(trees)) {
    const roots = packTrees(batch, nodes, values, 4 * block);
    for (let start = 0; start < rows; start += block) {
      const count = Math.min(block, rows - start);
      const whole = abreast * Math.ceil(count / abreast);
      transpose(data.subarray(start * features, (start + count) * features), count, features, samples, block);
      const own = means.subarray(start * outputs, (start + count) * outputs);
      sums.set(own);
      for (const root of roots) {
        space.kernel.walk(root, samples.byteOffset, whole, leaves.byteOffset);
        space.kernel.add(leaves.byteOffset, count, sums.byteOffset, 8 * outputs, 1 / trees.length);
      }
      own.set(sums.subarray(0, count * outputs));
    }
  }
  return means;
}

/** Trees in turn, as many at a time as fit, or one that is larger. */
function* batchesOf(trees: readonly Tree[]): Generator<readonly Tree[]> {
  let [first, nodes] = [0, 0];
  for (const [i, { feature }] of trees.entries()) {
    nodes += feature.length;
    if (nodes <= batchNodes || i === first) continue;
    yield trees.slice(first, i);
    [first, nodes] = [i, feature.length];
  }
  yield trees.slice(first);
}

/** Writes trees as `walk.wat` reads them, and the values of leaves that are not of one class alone; returns where each begins. */
function packTrees(trees: readonly Tree[], nodes: Int32Array, values: Float64Array, columnBytes: number): number[] {
  const thresholds = new Float32Array(nodes.buffer, nodes.byteOffset, nodes.length);
  let [at, mixed] = [0, 0];
  return trees.map(({ feature, threshold, left, value, outputs }) => {
    const root = nodes.byteOffset + 4 * at;
    for (let node = 0; node < feature.length; node++, at += 4) {
      if (feature[node]! >= 0) {
        nodes[at] = columnBytes * feature[node]!;
        thresholds[at + 1] = threshold[node]!;
        nodes[at + 2] = root + 16 * left[node]!;
        continue;
      }
      nodes[at] = 0;
      thresholds[at + 1] = Number.POSITIVE_INFINITY;
      nodes[at + 2] = root + 16 * node;
      const pure = pureOutput(value, node * outputs, outputs);
      nodes[at + 3] = pure < 0 ? ~(values.byteOffset + 8 * mixed) : 8 * pure;
      if (pure < 0) for (let k = 0; k < outputs; k++) values[mixed++] = value[node * outputs + k]!;
    }
    return root;
  });
}

/** The output for which alone there is a 1, −1 where there is none such. */
function pureOutput(values: Float64Array, from: number, outputs: number): number {
  let pure = -1;
  for (let k = 0; k < outputs; k++) {
    const each = values[from + k]!;
    if (each === 0) continue;
    if (each !== 1 || pure >= 0) return -1;
    pure = k;
  }
  return pure;
}

/** Writes rows as columns, `block` numbers apart. */
function transpose(data: Float32Array, rows: number, features: number, columns: Float32Array, block: number): void {
  for (let start = 0; start < rows; start += 16) {
    const end = Math.min(rows, start + 16);
    for (let feature = 0; feature < features; feature++)
      for (let row = start; row < end; row++) columns[feature * block + row] = data[row * features + feature]!;
  }
}
