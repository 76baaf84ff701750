import { float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { spatialShape } from "../shapes.ts";

/** Elements of the rows behind a row of sums up to which a product is faster than the runtime's pooling. */
const widest = 128;

/** Sums over windows that tile a plane: `[batch, channels, height, width]` → `[batch, channels, rows, columns]`. */
export function sumOverTiles(g: GraphBuilder, x: Value, kernel: readonly number[]): Value {
  const [tall, wide] = kernel as [number, number];
  const [batch, channels] = x.shape as readonly [Dim, Dim];
  const [height, width] = spatialShape("MaxPool", x) as [number, number];
  const [rows, columns] = [height / tall, width / wide];
  const seen = tall * width;
  if (seen > widest) {
    return g.mul(g.op("AveragePool", [x], { kernel_shape: kernel, strides: kernel }), tall * wide);
  }
  // The rows of a window lie one after the other: a matrix of ones and zeros adds up what belongs together.
  const belongs = (place: number, column: number) => (Math.floor((place % width) / wide) === column ? 1 : 0);
  const ones = Float32Array.from({ length: seen * columns }, (_, i) => belongs(Math.floor(i / columns), i % columns));
  const sums = g.matMul(g.reshape(x, [-1, seen]), g.constant(float32(ones, [seen, columns])));
  return g.reshape(sums, [batch, channels, rows, columns]);
}
