import { Random, real } from "@athanor/core";
import { trainTestSplit } from "@athanor/ml";

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
  const all = labels.map((_, row) => row);
  const outer = test === null ? trainTestSplit(labels.length, testShare, seed, labels) : { train: all, test: [] };
  const order = Random.from(seed).split("validation").permutation(outer.train.length);
  const held = validationShare === 0 ? 0 : Math.max(1, Math.round(validationShare * outer.train.length));
  const rows = (positions: Uint32Array) => Array.from(positions, (i) => outer.train[i]!);
  return { train: rows(order.subarray(held)), validation: rows(order.subarray(0, held)), test: outer.test };
}

/**
 * The classes of labels, sorted.
 */
export const classesOf = (labels: readonly string[]): readonly string[] => [...new Set(labels)].sort();
