import { type Column, cellOf, columnOf, type Table } from "@athanor/data";
import type { Field } from "./model-card.ts";

/** The columns to predict from: those named, or all but the target and excluded ones. */
export function featureColumns(
  table: Table,
  {
    target,
    features,
    exclude,
  }: { readonly target: string; readonly features: readonly string[]; readonly exclude: readonly string[] },
  owner: string,
): readonly string[] {
  for (const name of [...features, ...exclude, target]) columnOf(table, name, owner);
  return features.length > 0
    ? features
    : table.columns.map(({ name }) => name).filter((name) => name !== target && !exclude.includes(name));
}

const types: Readonly<Record<Column["type"], Field["type"]>> = {
  integer: "number",
  real: "number",
  time: "number",
  flag: "flag",
  text: "text",
};

/** Columns as the input fields of a model, with the first value present as the example. */
export const fieldsOf = (table: Table, names: readonly string[]): readonly Field[] =>
  names.map((name) => {
    const column = columnOf(table, name);
    const example = Array.from({ length: Math.min(table.rows, 100) }, (_, row) => cellOf(column, row)).find(
      (cell) => cell !== null,
    );
    return {
      name,
      type: types[column.type],
      help: column.type === "time" ? `${name}, milliseconds since 1970` : name,
      example,
      optional: true,
    };
  });
