import { AthanorError, float32, shareableBuffer } from "@athanor/core";
import { checkLength, checkMatrix, type Matrix } from "../matrix.ts";
import type { Split } from "../splits/split.ts";
import { isLabels, type Target } from "../target.ts";

/** Samples and splits in memory that threads share. */
export interface FoldData {
  readonly x: Float32Array;
  readonly samples: number;
  readonly features: number;
  /** Class numbers, or the targets themselves. */
  readonly y: Int32Array | Float64Array;
  /** Of classes; nothing for numbers. */
  readonly labels: readonly string[] | undefined;
  readonly splits: readonly { readonly train: Int32Array; readonly test: Int32Array }[];
}

/** @throws `ml/empty`, `ml/not-finite`, `ml/length-mismatch`, `ml/split` */
export function shareFoldData(owner: string, x: Matrix, target: Target, splits: readonly Split[]): FoldData {
  checkMatrix(owner, x, { allowsMissing: true });
  checkLength(owner, x, target.length);
  const [samples, features] = x.shape as [number, number];
  const data = new Float32Array(shareableBuffer(4 * x.data.length));
  data.set(x.data);
  const labels = isLabels(target) ? [...new Set(target)].sort() : undefined;
  return {
    x: data,
    samples,
    features,
    y: labels ? classNumbers(target as readonly string[], labels) : numbersOf(target as ArrayLike<number>),
    labels,
    splits: splits.map(({ train, test }) => {
      if (train.length === 0 || test.length === 0)
        throw new AthanorError(
          "ml/split",
          `${owner}: expected rows to learn from and to test on in every split, got ${train.length} and ${test.length}`,
          { fix: "Use fewer folds, or give more rows." },
        );
      return { train: rowsOf(train), test: rowsOf(test) };
    }),
  };
}

/** A matrix over the shared memory. */
export const matrixOf = ({ x, samples, features }: FoldData): Matrix => float32(x, [samples, features]);

function classNumbers(target: readonly string[], labels: readonly string[]): Int32Array {
  const numbers = new Map(labels.map((label, k) => [label, k]));
  return rowsOf(target.map((label) => numbers.get(label)!));
}

function rowsOf(rows: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(shareableBuffer(4 * rows.length));
  shared.set(rows);
  return shared;
}

function numbersOf(target: ArrayLike<number>): Float64Array {
  const shared = new Float64Array(shareableBuffer(8 * target.length));
  shared.set(target);
  return shared;
}
