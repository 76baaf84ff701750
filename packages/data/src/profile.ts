import { type Column, type ColumnType, isMissing, type Table } from "./table.ts";

/** What a column holds, in a few numbers. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
  /** Of numbers and times. */
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  /** Most frequent values of texts and flags. */
  readonly top?: readonly (readonly [value: string, count: number])[];
}

/** Describes each column of a table. */
export const profile = (table: Table): readonly ColumnProfile[] =>
  table.columns.map((column) => profileColumn(column, table.rows));

function profileColumn(column: Column, rows: number): ColumnProfile {
  const { name, type } = column;
  let missing = 0;
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) missing++;
  if (column.type === "text" || column.type === "flag") {
    const codes = column.type === "text" ? column.codes : column.values;
    const words = column.type === "text" ? column.dictionary : ["false", "true"];
    const counts = new Array<number>(words.length).fill(0);
    for (let row = 0; row < rows; row++) if (!isMissing(column, row)) counts[codes[row]!]!++;
    const top = counts.map((count, code) => [words[code]!, count] as const).filter(([, count]) => count > 0);
    return { name, type, missing, distinct: top.length, top: top.sort((a, b) => b[1] - a[1]).slice(0, 3) };
  }
  const present = column.values.filter((_, row) => !isMissing(column, row));
  if (present.length === 0) return { name, type, missing, distinct: 0 };
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of present) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { name, type, missing, distinct: new Set(present).size, min, max, mean: sum / present.length };
}
