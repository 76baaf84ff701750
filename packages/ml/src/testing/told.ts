import { linearDiscriminantAnalysis, linearRegression, ridge } from "../estimators/index.ts";
import { type Matrix, matrixFrom } from "../matrix.ts";
import type { Target } from "../target.ts";
import { golden } from "./check-golden.ts";

const { data } = golden<{ readonly data: Readonly<Record<string, { readonly x: number[][]; readonly y: number[] }>> }>(
  "classical",
);

/** Recorded samples with what was said of them: a label each, or a number in the sets for regression. */
export function told(set: string): { readonly x: Matrix; readonly target: Target } {
  const { x, y } = data[set]!;
  const isNumber = ["diabetes", "concrete", "boston_housing", "winequality_red"].includes(set);
  return { x: matrixFrom(x), target: isNumber ? y : y.map(String) };
}

/** Estimators whose answers do not depend on draws, to judge columns by. */
export const judges = { linearDiscriminantAnalysis, linearRegression, ridge };
