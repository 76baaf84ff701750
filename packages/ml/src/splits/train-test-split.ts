import { Random } from "@athanor/core";
import type { Split } from "./split.ts";
import { rowsByLabel } from "./stratified-k-fold.ts";

/** Sets a share of the rows aside, every class by the same share when labels are given. */
export function trainTestSplit(rows: number, testShare: number, seed: number, labels?: readonly string[]): Split {
  const all = Array.from({ length: rows }, (_, row) => row);
  const groups = labels ? rowsByLabel(labels) : [["", all] as const];
  const test = new Set<number>();
  for (const [label, members] of groups) {
    const order = Random.from(seed).split(`split ${label}`).permutation(members.length);
    for (const i of order.subarray(0, Math.round(testShare * members.length))) test.add(members[i]!);
  }
  return { train: all.filter((row) => !test.has(row)), test: all.filter((row) => test.has(row)) };
}

/** Sets a share of the rows aside several times, each time drawn anew. */
export const shuffleSplit = (
  rows: number,
  splits: number,
  testShare: number,
  seed: number,
  labels?: readonly string[],
): readonly Split[] => Array.from({ length: splits }, (_, i) => trainTestSplit(rows, testShare, seed + i, labels));
