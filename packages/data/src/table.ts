import { AthanorError, nearestName } from "@athanor/core";

interface Named {
  readonly name: string;
  /** 1 where a value is present; left out when none is missing. */
  readonly valid?: Uint8Array | undefined;
}

/** Numbers and times (milliseconds since the epoch, UTC); a missing one is NaN. */
export interface NumberColumn extends Named {
  readonly type: "integer" | "real" | "time";
  readonly values: Float64Array;
}

export interface FlagColumn extends Named {
  readonly type: "flag";
  readonly values: Uint8Array;
}

/** Texts as positions in a dictionary; a missing one is -1. */
export interface TextColumn {
  readonly name: string;
  readonly type: "text";
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** A named column: numbers and times, flags, or texts as codes into a dictionary. */
export type Column = NumberColumn | FlagColumn | TextColumn;
/** What a column's values are. */
export type ColumnType = Column["type"];

/** Typed columns of equal length. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** A value of a table; `null` is missing. */
export type Cell = number | string | boolean | null;

/**
 * Finds a column by name.
 *
 * @throws `data/unknown-column` naming the known ones
 */
export function columnOf({ columns }: Table, name: string, owner = "Table"): Column {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  const known = columns.map((each) => each.name);
  const near = nearestName(name, known);
  throw new AthanorError(
    "data/unknown-column",
    `${owner}: expected one of the columns ${known.join(", ")}, got ${name}`,
    {
      fix: near ? `Write ${near}.` : "Name a column that the source has.",
      details: { owner, column: name, known },
    },
  );
}

/** The value of a column in a row. */
export function cellOf(column: Column, row: number): Cell {
  if (column.type === "text") return column.dictionary[column.codes[row]!] ?? null;
  if (column.valid?.[row] === 0) return null;
  const value = column.values[row]!;
  return column.type === "flag" ? value === 1 : value;
}

/** True where a column has no value in a row. */
export const isMissing = (column: Column, row: number): boolean =>
  column.type === "text" ? column.codes[row]! < 0 : column.valid?.[row] === 0;

/** Rows as objects, for small tables and single rows. */
export const rowsOf = ({ columns, rows }: Table): Record<string, Cell>[] =>
  Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, cellOf(column, row)])),
  );

/** A column's values as texts; numbers are printed, a missing value is `undefined`. */
export function textsOf(column: Column): (string | undefined)[] {
  const rows = column.type === "text" ? column.codes.length : column.values.length;
  return Array.from({ length: rows }, (_, row) => {
    const cell = cellOf(column, row);
    return cell === null ? undefined : String(cell);
  });
}

/**
 * A column's values as numbers, flags as 0 and 1, missing ones as NaN.
 *
 * @throws `data/wrong-type` for texts
 */
export function numbersOf(column: Column, owner = "Table"): Float64Array {
  if (column.type === "text") {
    throw new AthanorError(
      "data/wrong-type",
      `${owner}: expected ${column.name} to hold numbers, got text such as ${JSON.stringify(column.dictionary[0] ?? "")}`,
      {
        fix: "Name a column of numbers.",
        details: { owner, column: column.name },
      },
    );
  }
  return Float64Array.from(column.values, (value, row) => (column.valid?.[row] === 0 ? Number.NaN : value));
}

/** The table of the given rows, in their order. */
export function selectRows({ columns }: Table, rows: ArrayLike<number>): Table {
  const take = <A extends Float64Array | Int32Array | Uint8Array>(values: A): A => {
    const taken = new (values.constructor as new (length: number) => A)(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
    return taken;
  };
  return {
    rows: rows.length,
    columns: columns.map((column) => {
      if (column.type === "text") return { ...column, codes: take(column.codes) };
      const valid = column.valid && take(column.valid);
      return column.type === "flag"
        ? { ...column, values: take(column.values), valid }
        : { ...column, values: take(column.values), valid };
    }),
  };
}

/** A table from row objects; a column's type follows from its values. */
export function tableFromRows(rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    rows: rows.length,
    columns: names.map((name) =>
      columnFrom(
        name,
        rows.map((row) => row[name] ?? null),
      ),
    ),
  };
}

function columnFrom(name: string, cells: readonly unknown[]): Column {
  const present = cells.filter((cell) => cell !== null);
  const valid = present.length === cells.length ? undefined : Uint8Array.from(cells, (cell) => Number(cell !== null));
  if (present.length > 0 && present.every((cell) => typeof cell === "number")) {
    const type = present.every(Number.isInteger) ? "integer" : "real";
    return {
      name,
      type,
      values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : (cell as number))),
      valid,
    };
  }
  if (present.length > 0 && present.every((cell) => typeof cell === "boolean"))
    return { name, type: "flag", values: Uint8Array.from(cells, (cell) => Number(cell === true)), valid };
  return textColumn(
    name,
    cells.map((cell) => (cell === null ? undefined : String(cell))),
  );
}

/** A text column, its dictionary in order of first appearance. */
export function textColumn(name: string, texts: readonly (string | undefined)[]): TextColumn {
  const positions = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    if (text === undefined) return -1;
    const known = positions.get(text);
    if (known !== undefined) return known;
    positions.set(text, positions.size);
    return positions.size - 1;
  });
  return { name, type: "text", codes, dictionary: [...positions.keys()] };
}
