import { type Column, isMissing, type Table } from "./table.ts";

/** Rows by their values in some columns: rows of a group are equal there; a missing value equals a missing value. */
export interface RowGroups {
  readonly groups: number;
  /** Group of each row, numbered in the order of their first rows. */
  readonly of: Uint32Array;
}

/** Groups rows that are equal in all the given columns, column by column, so that memory grows with the rows alone. */
export async function groupRows(
  { rows }: Table,
  columns: readonly Column[],
  pause: () => Promise<void>,
): Promise<RowGroups> {
  let of = new Uint32Array(rows);
  let groups = Math.min(1, rows);
  for (const column of columns) {
    if (groups === rows) break;
    const { codes, distinct } = codesOf(column, rows);
    const numbers = new Map<number, number>();
    const finer = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) {
      const key = of[row]! * distinct + codes[row]!;
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      finer[row] = number;
    }
    [of, groups] = [finer, numbers.size];
    await pause();
  }
  return { groups, of };
}

/** Values as numbers from 0 up, equal where the values are; 0 is a missing one. */
function codesOf(column: Column, rows: number): { readonly codes: Uint32Array; readonly distinct: number } {
  if (column.type === "text")
    return { codes: Uint32Array.from(column.codes, (code) => code + 1), distinct: column.dictionary.length + 1 };
  const numbers = new Map<number, number>();
  const codes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    const value = column.values[row]!;
    let number = numbers.get(value);
    if (number === undefined) numbers.set(value, (number = numbers.size + 1));
    codes[row] = number;
  }
  return { codes, distinct: numbers.size + 1 };
}
