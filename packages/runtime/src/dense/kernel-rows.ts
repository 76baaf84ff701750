import { type DType, float32, float64, type Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { compileBy } from "./compile-by.ts";
import { distances } from "./distances.ts";

/** How alike two rows are. */
export type Kernel = "linear" | "poly" | "rbf";

/** A kernel with its parameters. */
export interface KernelOptions {
  readonly kernel: Kernel;
  /** Width of `rbf` and `poly`; one over the number of features by default. */
  readonly gamma?: number;
  /** Power of `poly`; 3 by default. */
  readonly degree?: number;
  /** Constant of `poly`; 0 by default. */
  readonly coef0?: number;
}

interface Settings {
  readonly gamma: Value;
  readonly degree: Value;
  readonly coef0: Value;
}

const kernelBy = compileBy((kernel: Kernel) => (g, a: Value, b: Value, { gamma, degree, coef0 }: Settings) => {
  // k(a, b) = exp(−γ ‖a − b‖²)
  if (kernel === "rbf") return g.exp(g.neg(g.mul(distances(g, a, b, "squared"), gamma)));
  const products = g.matMul(a, g.transpose(b));
  // k(a, b) = (γ a·b + c)^d
  return kernel === "linear" ? products : g.pow(g.add(g.mul(products, gamma), coef0), degree);
});

/**
 * Kernel values of all rows with all others: `a: [m, features]`, `b: [n, features]` → `[m, n]`.
 *
 * @throws `onnx/shape` when the rows differ in length
 */
export function kernelRows(
  a: Tensor,
  b: Tensor,
  { kernel, gamma = 1 / (a.shape[1] ?? 1), degree = 3, coef0 = 0 }: KernelOptions,
): Promise<Tensor> {
  const scalar = (value: number) => scalarOf(a.dtype, value);
  return kernelBy(kernel)(a, b, { gamma: scalar(gamma), degree: scalar(degree), coef0: scalar(coef0) });
}

const scalarOf = (dtype: DType, value: number): Tensor =>
  dtype === "float64" ? float64([value], []) : float32([value], []);
