import { integer, type OptionValues, oneOf, real } from "@athanor/core";
import type { Matrix } from "../matrix.ts";

/** How alike two samples are, as a support vector machine sees them. */
export interface Similarity {
  readonly kernel: "linear" | "poly" | "rbf";
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

/** Options of everything that compares samples by a kernel. */
export const similarityOptions = {
  kernel: oneOf("rbf", "how samples are compared: xy, (gamma xy + coef0)^degree, or exp(-gamma |x - y|^2)", [
    "linear",
    "poly",
    "rbf",
  ]),
  gamma: real(null, "gamma of the kernel; null for 1 over features times the variance of all values", { min: 1e-12 }),
  degree: integer(3, "degree of the polynomial kernel", { min: 1, max: 16 }),
  coef0: real(0, "coef0 of the polynomial kernel"),
};

/** The kernel that the options ask for, its gamma chosen by the samples where none is given. */
export function similarityOf(
  { data, shape }: Matrix,
  { kernel, gamma, degree, coef0 }: OptionValues<typeof similarityOptions>,
): Similarity {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) sum += data[i]!;
  const mean = sum / data.length;
  for (let i = 0; i < data.length; i++) squares += (data[i]! - mean) ** 2;
  const variance = squares / data.length;
  return { kernel, degree, coef0, gamma: gamma ?? (variance === 0 ? 1 : 1 / (shape[1]! * variance)) };
}

/** How alike a sample is to itself, its values `[from, to)` of `data`. */
export function selfSimilarity(
  { kernel, gamma, coef0, degree }: Similarity,
  data: Float32Array,
  from: number,
  to: number,
): number {
  if (kernel === "rbf") return 1;
  let square = 0;
  for (let i = from; i < to; i++) square += data[i]! ** 2;
  return kernel === "linear" ? square : (gamma * square + coef0) ** degree;
}
