import { AthanorError, float32, type Tensor } from "@athanor/core";

/** Samples row by row: float32 `[samples, features]`, the precision that exported models compute in. */
export type Matrix = Tensor<"float32">;

/** A matrix from rows of numbers. */
export function matrixFrom(rows: readonly (readonly number[])[]): Matrix {
  const features = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== features);
  if (ragged >= 0) {
    throw new AthanorError(
      "ml/ragged",
      `Matrix: expected ${features} values in each row, got ${rows[ragged]!.length} in row ${ragged + 1}`,
      { fix: "Give rows of equal length." },
    );
  }
  return float32(rows.flat(), [rows.length, features]);
}

/**
 * @throws `ml/empty`, `ml/not-finite`, `ml/width-mismatch`
 */
export function checkMatrix(
  owner: string,
  x: Matrix,
  { width, allowsMissing = false }: { readonly width?: number; readonly allowsMissing?: boolean } = {},
): void {
  const [rows = 0, features = 0] = x.shape;
  if (x.shape.length !== 2 || features === 0 || (width === undefined && rows === 0)) {
    throw new AthanorError(
      "ml/empty",
      `${owner}: expected samples [samples, features], got shape [${x.shape.join(", ")}]`,
      { fix: "Give at least one sample with one feature." },
    );
  }
  if (width !== undefined && features !== width) {
    throw new AthanorError("ml/width-mismatch", `${owner}: expected ${width} features as in fitting, got ${features}`, {
      fix: "Give the columns that the model was fitted on.",
      details: { expected: width, got: features },
    });
  }
  const broken = firstBroken(x.data, allowsMissing);
  if (broken >= 0) {
    const [row, column] = [Math.floor(broken / features), broken % features];
    throw new AthanorError(
      "ml/not-finite",
      `${owner}: expected finite numbers, got ${x.data[broken]} in row ${row + 1}, column ${column + 1}`,
      {
        fix: allowsMissing ? "Give NaN for a missing value, and no infinite one." : "Impute missing values first.",
        details: { row: row + 1, column: column + 1 },
      },
    );
  }
}

function firstBroken(data: Float32Array, allowsMissing: boolean): number {
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    // Only of a finite number nothing is left.
    if (value - value !== 0 && !(allowsMissing && Number.isNaN(value))) return i;
  }
  return -1;
}

/** @throws `ml/length-mismatch` */
export function checkLength(owner: string, x: Matrix, targets: number): void {
  if (x.shape[0] === targets) return;
  throw new AthanorError(
    "ml/length-mismatch",
    `${owner}: expected one target a sample, got ${x.shape[0]} samples and ${targets} targets`,
    {
      fix: "Give as many targets as samples.",
      details: { samples: x.shape[0], targets },
    },
  );
}

/** The named rows of a matrix, in their order. */
export function takeSamples(x: Pick<Matrix, "data" | "shape">, rows: ArrayLike<number>): Matrix {
  const features = x.shape[1]!;
  const data = new Float32Array(rows.length * features);
  for (let i = 0; i < rows.length; i++)
    data.set(x.data.subarray(rows[i]! * features, (rows[i]! + 1) * features), i * features);
  return float32(data, [rows.length, features]);
}

/** The named columns of a matrix, in their order. */
export function takeColumns({ data, shape: [rows = 0, features = 0] }: Matrix, columns: readonly number[]): Matrix {
  const taken = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    for (const [j, column] of columns.entries()) taken[row * columns.length + j] = data[row * features + column]!;
  return float32(taken, [rows, columns.length]);
}
