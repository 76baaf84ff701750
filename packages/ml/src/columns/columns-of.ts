import type { Matrix } from "../matrix.ts";

/** The columns of a matrix, in double precision. */
export const columnsOf = ({ data, shape: [rows = 0, features = 0] }: Matrix): readonly Float64Array[] =>
  Array.from({ length: features }, (_, j) =>
    Float64Array.from({ length: rows }, (_, row) => data[row * features + j]!),
  );
