import type { Transactions } from "../transactions.ts";

/** Rows of items that are numbered from the most frequent down: `items[offsets[i] … offsets[i + 1]]` ascend. */
export interface Rows {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  /** Random number of each row; their sum tells sets of rows apart. */
  readonly prints: Int32Array;
  /** What the numbers stand for, and in how many rows each is. */
  readonly names: Uint32Array;
  readonly counts: Uint32Array;
}

/** The frequent items of transactions, the most frequent first: what comes before an item is then shared most. */
export function recode({ offsets, items }: Transactions, least: number): Rows {
  const count = offsets.length - 1;
  let distinct = 0;
  for (let i = 0; i < items.length; i++) if (items[i]! >= distinct) distinct = items[i]! + 1;
  const totals = new Uint32Array(distinct);
  for (let i = 0; i < items.length; i++) totals[items[i]!]!++;
  const names = Uint32Array.from(totals.keys())
    .filter((item) => totals[item]! >= least)
    .sort((a, b) => totals[b]! - totals[a]! || a - b);
  const rank = new Int32Array(distinct).fill(-1);
  for (let i = 0; i < names.length; i++) rank[names[i]!] = i;

  const kept = new Uint32Array(items.length);
  const ends = new Uint32Array(count + 1);
  const prints = new Int32Array(count);
  let end = 0;
  for (let row = 0; row < count; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      const item = rank[items[i]!]!;
      if (item >= 0) kept[end++] = item;
    }
    kept.subarray(ends[row]!, end).sort();
    ends[row + 1] = end;
    prints[row] = mixed(row);
  }
  return {
    offsets: ends,
    items: kept.subarray(0, end),
    prints,
    names,
    counts: Uint32Array.from(names, (item) => totals[item]!),
  };
}

/** Spreads a number over 32 bits. */
function mixed(value: number): number {
  let x = Math.imul(value + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
