import type { Matrix } from "../matrix.ts";
import type { Similarity } from "./similarity.ts";
import { blockSize, PackedPoints, padded, SmoSpace } from "./smo-space.ts";

/** Calls back for each sample with its likeness to each of the vectors, `[vectors, features]`; the array is used again. */
export function compareSamples(
  { data, shape }: Matrix,
  vectors: Float32Array,
  similarity: Similarity,
  each: (row: number, likeness: Float32Array) => void,
): void {
  const [rows, features] = shape as [number, number];
  const count = vectors.length / features;
  const space = new SmoSpace();
  space.clear(PackedPoints.bytes(count, features) + 4 * padded(count) + 4 * features);
  const points = new PackedPoints(space, count, features);
  const sample = space.floats(features);
  const likeness = space.floats(padded(count));
  for (let i = 0; i < count; i++) points.set(i, vectors, i * features);
  for (let row = 0; row < rows; row++) {
    sample.set(data.subarray(row * features, (row + 1) * features));
    const blocks = [0, padded(count) / blockSize] as const;
    points.compare(similarity, { at: sample.byteOffset, stride: 4 }, blocks, likeness.byteOffset);
    each(row, likeness);
  }
}
