import type { MaskRows } from "./mask-rows.ts";
import type { Search } from "./search.ts";

const widestTable = 12;

const bitCount = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** Whether counting all subsets of the candidates at once costs no more than branching on them. */
export function tableFits(rows: number, candidates: number): boolean {
  const width = bitCount(candidates);
  return width <= widestTable && 2 ** width <= Math.max(8, 2 * rows);
}

/**
 * Finds every set of a few candidates: a table with a cell for each subset is filled with the rows that are exactly that
 * subset, then summed over supersets one bit at a time.
 */
export function growTable(rows: MaskRows, names: readonly number[], candidates: number, search: Search): void {
  const { least, maxLength, prefix } = search;
  const bits: number[] = [];
  for (let bit = 0; bit < names.length; bit++) if ((candidates & (1 << bit)) !== 0) bits.push(bit);
  const cells = 2 ** bits.length;
  const table = new Uint32Array(cells);
  rows.tabulate(candidates, table);
  for (let bit = 1; bit < cells; bit *= 2)
    for (let cell = 0; cell < cells; cell++) if ((cell & bit) === 0) table[cell]! += table[cell | bit]!;

  const length = prefix.length;
  for (let cell = 1; cell < cells; cell++) {
    if (table[cell]! < least || length + bitCount(cell) > maxLength) continue;
    for (let rest = cell; rest !== 0; rest &= rest - 1) prefix.push(names[bits[31 - Math.clz32(rest & -rest)]!]!);
    search.add(table[cell]!, 0);
    prefix.length = length;
  }
}
