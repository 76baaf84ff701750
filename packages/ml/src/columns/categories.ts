import { AthanorError, float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { columnsOf } from "./columns-of.ts";

/** The values that each column may take, rising. */
export interface CategoriesState {
  readonly categories: readonly Float32Array[];
}

/**
 * The distinct values of each column, missing ones left out; of too many the most frequent stay.
 *
 * @throws `ml/no-features` when every column is all missing
 */
export function fitCategories(owner: string, x: Matrix, most = Number.POSITIVE_INFINITY): CategoriesState {
  const categories = columnsOf(x).map((column) => {
    const counts = new Map<number, number>();
    for (const value of column) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const ordered = [...counts].sort(([a, first], [b, second]) => second - first || a - b);
    return Float32Array.from(ordered.slice(0, most), ([value]) => value).sort();
  });
  if (categories.some(({ length }) => length > 0)) return { categories };
  throw new AthanorError("ml/no-features", `${owner}: expected a column with values, got only missing ones`, {
    fix: "Leave these columns out.",
  });
}

/** The place of a value among a column's categories; nothing for one that was not seen. */
export function placesOf({ categories }: CategoriesState): readonly ReadonlyMap<number, number>[] {
  return categories.map((values) => new Map(Array.from(values, (value, i) => [value, i])));
}

/** As 0 or 1 for each category of each column, float32 `[batch, categories]`. */
export function membershipToOnnx(g: GraphBuilder, x: Value, { categories }: CategoriesState): Value {
  const owners = categories.flatMap((values, column) => Array.from(values, () => column));
  const wanted = float32(
    categories.flatMap((values) => Array.from(values)),
    [1, owners.length],
  );
  return g.cast(g.op("Equal", [g.gather(x, g.constant(owners, "int64"), 1), g.constant(wanted)]), "float32");
}
