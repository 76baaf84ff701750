import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";

const transposed = ({ data, shape: [rows, columns] }: Tensor<"float64">, swap: boolean): number[][] =>
  swap
    ? Array.from({ length: columns! }, (_, j) => Array.from({ length: rows! }, (_, i) => data[i * columns! + j]!))
    : Array.from({ length: rows! }, (_, i) => [...data.slice(i * columns!, (i + 1) * columns!)]);

const product =
  (transA: boolean, transB: boolean, alpha: number) =>
  ([a, b]: readonly Tensor<"float64">[]) => {
    const left = transposed(a!, transA);
    const right = transposed(b!, transB);
    const rows = left.map((row) =>
      right[0]!.map((_, j) => alpha * row.reduce((sum, value, k) => sum + value * right[k]![j]!, 0)),
    );
    return float64(rows.flat(), [left.length, right[0]!.length]);
  };

/** A value `[rows, batch, inner]` read as a stack of matrices `[batch, rows, inner]`. */
const stacked = ({ data, shape: [rows, batch, inner] }: Tensor<"float64">): Tensor<"float64">[] =>
  Array.from({ length: batch! }, (_, n) =>
    float64(
      Array.from(
        { length: rows! * inner! },
        (_, i) => data[(Math.floor(i / inner!) * batch! + n) * inner! + (i % inner!)]!,
      ),
      [rows!, inner!],
    ),
  );

checkOp(fusedMatMul, [
  {
    title: "first axes brought to the rows",
    inputs: [{ shape: [2, 3, 4] }, { shape: [5, 3, 4] }],
    attributes: { transBatchA: 1, transBatchB: 1, transB: 1 },
    reference: ([a, b]) => {
      const right = stacked(b!);
      const products = stacked(a!).map((left, n) => product(false, true, 1)([left, right[n]!]));
      return float64(
        products.flatMap(({ data }) => [...data]),
        [3, 2, 5],
      );
    },
  },
  {
    title: "first transposed",
    inputs: [{ shape: [3, 2] }, { shape: [3, 4] }],
    attributes: { transA: 1, alpha: 0.5 },
    reference: product(true, false, 0.5),
  },
  {
    title: "second transposed",
    inputs: [{ shape: [2, 3] }, { shape: [4, 3] }],
    attributes: { transB: 1 },
    reference: product(false, true, 1),
  },
  {
    title: "both transposed",
    inputs: [{ shape: [3, 2] }, { shape: [4, 3] }],
    attributes: { transA: 1, transB: 1 },
    reference: product(true, true, 1),
  },
]);
