import type { Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";
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
  const centred = g.sub(x, mean);
  // C = (X − μ)ᵀ (X − μ) / (n − ddof)
  return { mean, covariance: g.div(g.matMul(g.transpose(centred), centred), count - ddof) };
});

/** Mean and covariance of rows, `x: [rows, features]`; the sum is divided by the number of rows less `ddof`. */
export const covariance = (x: Tensor, { ddof = 1 }: { readonly ddof?: number } = {}): Promise<Moments> =>
  momentsBy(ddof)(x);
