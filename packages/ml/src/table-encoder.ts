import { AthanorError, float32 } from "@athanor/core";
import { type ColumnType, columnOf, numbersOf, type Table, textsOf } from "@athanor/data";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "./matrix.ts";

/** How one column becomes a feature; `categories` are the texts that have a number. */
export interface EncodedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly categories?: readonly string[];
}

/** A fitted encoder from table columns to a matrix; plain data. */
export interface TableEncoder {
  readonly columns: readonly EncodedColumn[];
}

/**
 * Learns how columns become features, one each: numbers, times and flags stay as they are, texts become the number of their category.
 *
 * A text that is rare has no category: it counts as missing, and a column without any is left out.
 *
 * @throws `data/unknown-column`, `ml/empty` when no column is left
 */
export function fitTableEncoder(table: Table, names: readonly string[]): TableEncoder {
  const columns = names.flatMap((name): readonly EncodedColumn[] => {
    const column = columnOf(table, name, "Encoder");
    const { type } = column;
    if (type !== "text") return [{ name, type }];
    const categories = categoriesOf(textsOf(column));
    return categories.length === 0 ? [] : [{ name, type, categories }];
  });
  if (columns.length > 0) return { columns };
  throw new AthanorError("ml/empty", "Encoder: expected at least one column that repeats itself, got none", {
    fix: "Name feature columns, or exclude fewer.",
  });
}

/**
 * The most frequent, in the order of their names, since codes and grades often have one; of 100 rows one has to have it, and never more
 * than `enough`.
 */
function categoriesOf(values: readonly (string | undefined)[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  const least = Math.min(enough, Math.ceil(values.length / 100));
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostCategories)
    .map(([category]) => category)
    .sort(byName);
}

/** Numbers in names by size: grade 2 before grade 10. */
const byName = new Intl.Collator("en", { numeric: true }).compare;
const enough = 10;
/** As many as boosting tells apart. */
const mostCategories = 254;

/** Names of the features. */
export const featureNames = ({ columns }: TableEncoder): readonly string[] => columns.map(({ name }) => name);

/** Numbers of the features that are categories. */
export const categoricalFeatures = ({ columns }: TableEncoder): readonly number[] =>
  [...columns.keys()].filter((i) => columns[i]!.categories !== undefined);

/**
 * One feature a column, NaN where a value is missing.
 *
 * @throws `data/unknown-column`, `data/wrong-type`
 */
export function encodeTable({ columns }: TableEncoder, table: Table): Matrix {
  const width = columns.length;
  const data = new Float32Array(table.rows * width);
  for (const [j, { name, categories }] of columns.entries()) {
    const source = columnOf(table, name, "Encoder");
    if (categories) {
      const numbers = new Map(categories.map((category, i) => [category, i]));
      for (const [row, text] of textsOf(source).entries())
        data[row * width + j] = (text === undefined ? undefined : numbers.get(text)) ?? Number.NaN;
    } else for (const [row, value] of numbersOf(source, "Encoder").entries()) data[row * width + j] = value;
  }
  return float32(data, [table.rows, width]);
}

/** The encoder as operators: one input a column, float32 (NaN where missing) or string `[batch, 1]`, to float32 `[batch, features]`. */
export function encoderToOnnx({ columns }: TableEncoder, g: GraphBuilder): Value {
  const parts = columns.map(({ name, categories }) => {
    if (!categories) return g.input(name, "float32", ["batch", 1]);
    return g.op(
      "LabelEncoder",
      [g.input(name, "string", ["batch", 1])],
      { keys_strings: categories, values_floats: categories.map((_, i) => i), default_float: Number.NaN },
      { domain: "ai.onnx.ml" },
    );
  });
  return parts.length === 1 ? parts[0]! : g.concat(parts, 1);
}
