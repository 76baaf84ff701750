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
  /** A quarter, half and three quarters of the numbers are smaller. */
  readonly quartiles?: readonly [number, number, number];
  /** Numbers beyond the outlier fences. */
  readonly outliers?: number;
  /** Most frequent values of texts and flags. */
  readonly top?: readonly (readonly [value: string, count: number])[];
}

/**
 * Where outliers begin, below and above: three times the distance of the quartiles away from them.
 *
 * @see Tukey 1977, "Exploratory data analysis"
 */
export const outlierFences = ([low, , high]: readonly [number, number, number]): readonly [number, number] => [
  low - 3 * (high - low),
  high + 3 * (high - low),
];

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
  const ascending = present.slice().sort();
  const [min, max] = [ascending[0]!, ascending.at(-1)!];
  let distinct = 0;
  for (const [i, value] of ascending.entries()) if (i === 0 || value !== ascending[i - 1]) distinct++;
  const mean = present.reduce((a, b) => a + b, 0) / present.length;
  const plain = { name, type, missing, distinct, min, max, mean };
  if (type === "time") return plain;
  const quartiles = [0.25, 0.5, 0.75].map((share) => quantile(ascending, share)) as [number, number, number];
  const [from, to] = outlierFences(quartiles);
  // Where most values are equal, every other would be an outlier.
  const outliers = from === to ? 0 : ascending.filter((value) => value < from || value > to).length;
  return { ...plain, quartiles, outliers };
}

function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const low = Math.floor(at);
  return ascending[low]! + (at - low) * ((ascending[low + 1] ?? 0) - ascending[low]!) * (at > low ? 1 : 0);
}
