import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** What belongs to the kernel's taps: strides may leave places that no tap has. */
export function firstTaps(g: GraphBuilder, product: Value, kernel: readonly number[]): Value {
  if (kernel.every((size, axis) => product.shape[axis + 2] === size)) return product;
  const all = (of: (size: number, axis: number) => number) => g.constant(kernel.map(of), "int64");
  return g.op("Slice", [product, all(() => 0), all((size) => size), all((_, axis) => axis + 2)]);
}
