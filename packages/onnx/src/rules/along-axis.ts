import { tensorOfNumbers } from "../constant-tensor.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { shapeError } from "../shapes.ts";

/** A matrix by rows. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** Makes a matrix of a function of its row and column. */
export function matrixOf(rows: number, columns: number, entry: (row: number, column: number) => number): Matrix {
  const data = Float64Array.from({ length: rows * columns }, (_, i) => entry(Math.floor(i / columns), i % columns));
  return { rows, columns, data };
}

export const transposed = ({ rows, columns, data }: Matrix): Matrix =>
  matrixOf(columns, rows, (column, row) => data[row * columns + column]!);

/** Multiplies what lies along an axis by a constant matrix `[out, in]`, whose transpose so is the gradient. */
export function alongAxis(g: GraphBuilder, x: Value, axis: number, matrix: Matrix): Value {
  const { rows, columns, data } = matrix;
  const before = x.shape.slice(0, axis);
  const after = x.shape.slice(axis + 1);
  if (!after.every((length) => typeof length === "number"))
    throw shapeError("MatMul", `known lengths after axis ${axis}`, x);
  const inner = after.reduce((product, length) => product * length, 1);
  const constant = (order: ArrayLike<number>, shape: readonly number[]) =>
    g.constant(tensorOfNumbers(x.dtype, Array.from(order), shape));
  const outer = before.every((length) => typeof length === "number")
    ? before.reduce((product, length) => product * length, 1)
    : -1;
  if (inner === 1) {
    const product = g.matMul(g.reshape(x, [outer, columns]), constant(transposed(matrix).data, [columns, rows]));
    return g.reshape(product, [...before, rows, ...after]);
  }
  const product = g.matMul(constant(data, [rows, columns]), g.reshape(x, [outer, columns, inner]));
  return g.reshape(product, [...before, rows, ...after]);
}
