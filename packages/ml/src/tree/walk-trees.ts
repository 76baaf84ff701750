import type { Matrix } from "../matrix.ts";
import { compileKernel, KernelSpace } from "../threads/kernel-space.ts";
import type { Tree } from "./tree.ts";
import { walkBytes } from "./walk-bytes.ts";

interface Kernel {
  walk(root: number, samples: number, width: number, rows: number, leaves: number): void;
}

const compiled = compileKernel(walkBytes);
/** Rows that are walked before the next tree is read: few enough for the caches, enough to make up for packing trees. */
const mostRows = 65_536;
/** Below this many rows packing the trees takes longer than walking them. */
export const fewRows = 64;

/** Mean leaf values over the trees, `[samples, outputs]`. */
export function walkTrees({ data, shape }: Matrix, trees: readonly Tree[]): Float64Array {
  const [rows, features] = shape as [number, number];
  const outputs = trees[0]!.outputs;
  const means = new Float64Array(rows * outputs);
  const chunk = Math.min(mostRows, 4 * Math.ceil(rows / 4));
  const largest = trees.reduce((most, { feature }) => Math.max(most, feature.length), 0);
  const space = new KernelSpace<Kernel>(compiled);
  space.clear(4 * chunk * features + 4 * chunk + 16 * largest);
  const samples = space.floats(chunk * features);
  const leaves = space.wholes(chunk);
  const nodes = space.wholes(4 * largest);
  const thresholds = new Float32Array(nodes.buffer, nodes.byteOffset, 4 * largest);
  for (let start = 0; start < rows; start += chunk) {
    const count = Math.min(chunk, rows - start);
    samples.set(data.subarray(start * features, (start + count) * features));
    for (const tree of trees) {
      pack(tree, nodes, thresholds);
      const whole = 4 * Math.ceil(count / 4);
      space.kernel.walk(nodes.byteOffset, samples.byteOffset, 4 * features, whole, leaves.byteOffset);
      addLeaves(tree, leaves.subarray(0, count), nodes.byteOffset, means, start, 1 / trees.length);
    }
  }
  return means;
}

function pack({ feature, threshold, left, right }: Tree, nodes: Int32Array, thresholds: Float32Array): void {
  const base = nodes.byteOffset;
  for (let node = 0, at = 0; node < feature.length; node++, at += 4) {
    const isLeaf = feature[node]! < 0;
    nodes[at] = isLeaf ? 0 : 4 * feature[node]!;
    thresholds[at + 1] = threshold[node]!;
    nodes[at + 2] = base + 16 * (isLeaf ? node : left[node]!);
    nodes[at + 3] = base + 16 * (isLeaf ? node : right[node]!);
  }
}

function addLeaves(
  { value, outputs }: Tree,
  leaves: Int32Array,
  base: number,
  means: Float64Array,
  start: number,
  scale: number,
): void {
  for (let row = 0, to = start * outputs; row < leaves.length; row++) {
    let from = ((leaves[row]! - base) >> 4) * outputs;
    for (const end = to + outputs; to < end; to++, from++) means[to]! += scale * value[from]!;
  }
}
