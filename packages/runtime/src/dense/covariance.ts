import type { Tensor } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { compileBy } from "./compile-by.ts";

/** The first two moments of rows. */
export interface Moments {
  /** `[features]` */
  readonly mean: Tensor;
  /** `[features, features]` */
  readonly covariance: Tensor;
}

const momentsBy = compileBy((ddof: number) => (g, x: Value) => {
  const count = x.shape[0] as number;
  const mean = g.reduceMean(x, [0]);
  // C = (X − μ)ᵀ (X − μ) / (n − ddof)
  return { mean, covariance: g.div(gram(g, g.sub(x, mean)), count - ddof) };
});

/** Columns of a product with itself that are computed together. */
const panel = 128;

/** XᵀX by panels of columns, each only with the columns from its own on: the rest is the same again, and takes no second product. */
function gram(g: GraphBuilder, x: Value): Value {
  const width = x.shape[1] as number;
  const starts = Array.from({ length: Math.ceil(width / panel) }, (_, i) => i * panel);
  const part = (of: Value, axis: number, from: number, to: number) =>
    g.op("Slice", [of, ...[[from], [to], [axis]].map((each) => g.constant(each, "int64"))]);
  const upper = starts.map((from) => g.matMul(g.transpose(part(x, 1, from, from + panel)), part(x, 1, from, width)));
  const rows = starts.map((from, i) => {
    const mirrored = upper.slice(0, i).map((own, j) => {
      const at = from - starts[j]!;
      return g.transpose(part(own, 1, at, at + panel));
    });
    return g.concat([...mirrored, upper[i]!], 1);
  });
  return rows.length === 1 ? rows[0]! : g.concat(rows, 0);
}

/** Mean and covariance of rows, `x: [rows, features]`; the sum is divided by the number of rows less `ddof`. */
export const covariance = (x: Tensor, { ddof = 1 }: { readonly ddof?: number } = {}): Promise<Moments> =>
  momentsBy(ddof)(x);
