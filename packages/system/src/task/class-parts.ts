import { real } from "@athanor/core";
import { holdBack, splitRows } from "./held-back.ts";

/** How many of the rows a task holds back. */
export const partOptions = {
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
  validationShare: real(0.1, "share of the others that decides which epoch's weights are kept; 0 for the last's", {
    min: 0,
    max: 0.9,
  }),
};

/** Rows to learn from, to choose an epoch by, and to measure the model on. */
export interface ClassParts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** Splits rows, every class by the same share; without a test part when that comes from a source of its own. */
export function classParts(
  labels: readonly string[],
  {
    test,
    testShare,
    validationShare,
  }: { readonly test: string | null; readonly testShare: number; readonly validationShare: number },
  seed: number,
): ClassParts {
  const outer = splitRows(labels.length, { test, testShare }, seed, labels);
  const inner = holdBack(outer.train.length, validationShare, seed);
  const rows = (positions: Uint32Array) => Array.from(positions, (i) => outer.train[i]!);
  return { train: rows(inner.train), validation: rows(inner.validation), test: outer.test };
}

/**
 * The classes of labels, sorted.
 */
export const classesOf = (labels: readonly string[]): readonly string[] => [...new Set(labels)].sort();
