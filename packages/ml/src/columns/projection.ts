import type { GraphBuilder, Value } from "@athanor/onnx";
import { type LinearState, linearScores, linearScoresToOnnx } from "../linear/linear-scores.ts";
import { svd } from "../linear/svd.ts";
import type { Matrix } from "../matrix.ts";

/** The longest directions of columns: all singular values, and at most `count` right vectors, their largest entry positive. */
export function principalAxes(columns: readonly Float64Array[], count: number) {
  const { values, right } = svd(columns);
  return { values, axes: right.slice(0, count).map(turnedUp) };
}

/** An axis turned so that its largest entry is positive. */
export function turnedUp(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** Transform, export and names of weighted sums of the columns, under a stem such as `pca`. */
export const projection = <State extends LinearState>(stem: string) => ({
  transform: (x: Matrix, state: State): Float32Array => Float32Array.from(linearScores(x, state)),
  toOnnx: (g: GraphBuilder, x: Value, state: State): Value => g.cast(linearScoresToOnnx(g, x, state), "float32"),
  featureNames: (_: readonly string[], { intercepts }: State): readonly string[] =>
    Array.from(intercepts, (_, i) => `${stem}${i}`),
});
