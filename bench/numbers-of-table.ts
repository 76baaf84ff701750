import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Column, cellOf, csv, numbersOf } from "@athanor/data";

/** Where the tables of the data folder lie. */
export const tables = join(
  process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../shared/data", import.meta.url)),
  "tabular",
);

export interface Numbers {
  /** `[rows, features]`; names become their place in the alphabet, missing values NaN. */
  readonly x: Float32Array;
  readonly features: number;
  readonly targets: readonly unknown[];
}

/** A table as numbers, one of its columns set apart. */
export async function numbersOfTable(file: string, target: string): Promise<Numbers> {
  const parts: Numbers[] = [];
  for await (const { columns, rows } of csv({ path: join(tables, file) }).open()) {
    const label = columns.find((column) => column.name === target);
    if (label === undefined) throw new Error(`bench: expected a column ${target} in ${file}`);
    const others = columns.filter((column) => column !== label).map(placesOf);
    const x = new Float32Array(rows * others.length);
    for (const [k, values] of others.entries())
      for (let row = 0; row < rows; row++) x[row * others.length + k] = values[row]!;
    parts.push({
      x,
      features: others.length,
      targets: Array.from({ length: rows }, (_, row) => cellOf(label, row)),
    });
  }
  if (parts.length !== 1) throw new Error(`bench: expected ${file} in one batch, got ${parts.length}`);
  return parts[0]!;
}

function placesOf(column: Column): Float64Array {
  if (column.type !== "text") return numbersOf(column);
  const places = Int32Array.from(column.dictionary.keys()).sort((a, b) =>
    column.dictionary[a]! < column.dictionary[b]! ? -1 : 1,
  );
  const placeOf = new Map(Array.from(places, (code, place) => [code, place]));
  return Float64Array.from(column.codes, (code) => placeOf.get(code) ?? Number.NaN);
}
