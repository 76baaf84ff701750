import type { GraphBuilder, Value } from "@athanor/onnx";
import { type Matrix, takeColumns } from "../matrix.ts";

/** Numbers of the columns that stay, rising. */
export interface KeptState {
  readonly kept: readonly number[];
}

/** Transform, export and names of a selector of columns. */
export const keeping = <State extends KeptState>() => ({
  transform: (x: Matrix, { kept }: State): Float32Array => takeColumns(x, kept).data as Float32Array,
  toOnnx: (g: GraphBuilder, x: Value, { kept }: State): Value => g.gather(x, g.constant(kept, "int64"), 1),
  featureNames: (names: readonly string[], { kept }: State): readonly string[] => kept.map((j) => names[j]!),
});
