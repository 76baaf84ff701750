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

/** Writes trees as `walk.wat` reads them, and the values of their nodes; returns where each begins. */
function packTrees(trees: readonly Tree[], nodes: Int32Array, values: Float64Array, columnBytes: number): number[] {
  let first = 0;
  return trees.map(({ feature, threshold, left, value, outputs }) => {
    const root = nodes.byteOffset + 16 * first;
    const held = values.byteOffset + 8 * outputs * first;
    const bits = new Int32Array(threshold.buffer, threshold.byteOffset, threshold.length);
    for (let node = 0, at = 4 * first; node < feature.length; node++, at += 4) {
      // −1 at a leaf: which node is one cannot be guessed, so that nothing branches by it.
      const isLeaf = feature[node]! >> 31;
      nodes[at] = columnBytes * (feature[node]! & ~isLeaf);
      nodes[at + 1] = (bits[node]! & ~isLeaf) | (infinity & isLeaf);
      nodes[at + 2] = root + 16 * ((left[node]! & ~isLeaf) | (node & isLeaf));
      nodes[at + 3] = ~(held + 8 * outputs * node);
    }
    values.set(value, outputs * first);
    // Of many outputs a leaf mostly holds one alone, of few it is quicker to add all than to ask.
    if (outputs > 4)
      for (let node = 0; node < feature.length; node++) {
        const pure = feature[node]! < 0 ? pureOutput(value, node * outputs, outputs) : -1;
        if (pure >= 0) nodes[4 * (first + node) + 3] = 8 * pure;
      }
    first += feature.length;
    return root;
  });
}

/** Of a float32, as bits. */
const infinity = 0x7f800000;

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
