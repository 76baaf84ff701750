import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";

/** Numbers of the columns that stay, rising. */
export interface KeptState {
  readonly kept: readonly number[];
}

/** Transform, export and names of a selector of columns. */
export const keeping = {
  transform: ({ data, shape: [rows = 0, features = 1] }: Matrix, { kept }: KeptState): Float32Array =>
    Float32Array.from(
      { length: rows * kept.length },
      (_, i) => data[Math.floor(i / kept.length) * features + kept[i % kept.length]!]!,
    ),
  toOnnx: (g: GraphBuilder, x: Value, { kept }: KeptState): Value => g.gather(x, g.constant(kept, "int64"), 1),
  featureNames: (names: readonly string[], { kept }: KeptState): readonly string[] => kept.map((j) => names[j]!),
};
