import { AthanorError, float32 } from "@athanor/core";
import { type ColumnType, columnOf, numbersOf, type Table, textsOf } from "@athanor/data";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "./matrix.ts";
import { fitOneHotEncoder, type OneHotState } from "./preprocessing/one-hot-encoder.ts";
import { fitStandardScaler, type ScalerState, scale } from "./preprocessing/standard-scaler.ts";

/** How one column becomes features. */
export type EncodedColumn = { readonly name: string; readonly type: ColumnType } & (
  | { readonly scaler: ScalerState }
  | { readonly oneHot: OneHotState }
);

/** A fitted encoder from table columns to a matrix; plain data. */
export interface TableEncoder {
  readonly columns: readonly EncodedColumn[];
}

/**
 * Learns how columns become features: numbers, times and flags are imputed and standardised, texts become one column a category.
 *
 * @throws `data/unknown-column`, `ml/empty` when no column is left
 */
export function fitTableEncoder(table: Table, names: readonly string[]): TableEncoder {
  if (names.length === 0)
    throw new AthanorError("ml/empty", "Encoder: expected at least one column, got none", {
      fix: "Name feature columns, or exclude fewer.",
    });
  return {
    columns: names.map((name) => {
      const column = columnOf(table, name, "Encoder");
      const { type } = column;
      return type === "text"
        ? { name, type, oneHot: fitOneHotEncoder(textsOf(column)) }
        : { name, type, scaler: fitStandardScaler(numbersOf(column)) };
    }),
  };
}

/** Names of the features, one a number column, `column=category` for texts. */
export const featureNames = ({ columns }: TableEncoder): readonly string[] =>
  columns.flatMap((column) =>
    "oneHot" in column ? column.oneHot.categories.map((category) => `${column.name}=${category}`) : [column.name],
  );

/** @throws `data/unknown-column`, `data/wrong-type` */
export function encodeTable(encoder: TableEncoder, table: Table): Matrix {
  const width = featureNames(encoder).length;
  const data = new Float32Array(table.rows * width);
  let at = 0;
  for (const column of encoder.columns) {
    const source = columnOf(table, column.name, "Encoder");
    if ("oneHot" in column) {
      const positions = new Map(column.oneHot.categories.map((category, i) => [category, i]));
      for (const [row, text] of textsOf(source).entries()) {
        const position = text === undefined ? undefined : positions.get(text);
        if (position !== undefined) data[row * width + at + position] = 1;
      }
      at += column.oneHot.categories.length;
    } else {
      for (const [row, value] of numbersOf(source, "Encoder").entries())
        data[row * width + at] = scale(value, column.scaler);
      at++;
    }
  }
  return float32(data, [table.rows, width]);
}

/** The encoder as operators: one input a column, float32 (NaN where missing) or string `[batch, 1]`, to float32 `[batch, features]`. */
export function encoderToOnnx({ columns }: TableEncoder, g: GraphBuilder): Value {
  const parts = columns.flatMap((column): readonly Value[] => {
    if ("oneHot" in column) {
      const { categories } = column.oneHot;
      const input = g.input(column.name, "string", ["batch", 1]);
      if (categories.length === 0) return [];
      return [
        g.reshape(g.op("OneHotEncoder", [input], { cats_strings: categories }, { domain: "ai.onnx.ml" }), [
          "batch",
          categories.length,
        ]),
      ];
    }
    const { mean, deviation } = column.scaler;
    const input = g.input(column.name, "float32", ["batch", 1]);
    const present = g.where(g.op("IsNaN", [input]), g.constant([mean]), input);
    return [g.div(g.sub(present, mean), deviation)];
  });
  return parts.length === 1 ? parts[0]! : g.concat(parts, 1);
}
