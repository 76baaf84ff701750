import { Random } from "@athanor/core";
import { type Split, trainTestSplit } from "@athanor/ml";

/**
 * Rows to learn from and to evaluate on, every label by the same share where there are labels; a source of its own for the
 * evaluation leaves all to learn from.
 */
export const splitRows = (
  count: number,
  { test, testShare }: { readonly test: string | null; readonly testShare: number },
  seed: number,
  labels?: readonly string[],
): Split =>
  test === null
    ? trainTestSplit(count, testShare, seed, labels)
    : { train: Array.from({ length: count }, (_, row) => row), test: [] };

/** Of rows to learn from, a share that decides which epoch is kept. */
export function holdBack(count: number, share: number, seed: number): { train: Uint32Array; validation: Uint32Array } {
  const order = Random.from(seed).split("validation").permutation(count);
  const held = share === 0 ? 0 : Math.max(1, Math.round(share * count));
  return { train: order.subarray(held), validation: order.subarray(0, held) };
}
