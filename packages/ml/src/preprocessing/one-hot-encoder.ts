import { integer } from "@athanor/core";
import { type CategoriesState, fitCategories, membershipToOnnx, placesOf } from "../columns/categories.ts";
import { defineTransformer } from "../define-transformer.ts";

/** Gives each value of each column a column of its own; a value that was not seen, or is missing, is 0 in all of them. */
export const oneHotEncoder = defineTransformer({
  name: "oneHotEncoder",
  allowsMissing: true,
  options: { maxCategories: integer(256, "values of a column at most, the most frequent", { min: 1 }) },
  fit: ({ x, options: { maxCategories } }) => fitCategories("oneHotEncoder", x, maxCategories),
  transform({ data, shape: [rows = 0, features = 1] }, state) {
    const places = placesOf(state);
    const starts = startsOf(state);
    const width = starts.at(-1)!;
    const out = new Float32Array(rows * width);
    for (const [i, value] of data.entries()) {
      const column = i % features;
      const place = places[column]!.get(value);
      if (place !== undefined) out[Math.floor(i / features) * width + starts[column]! + place] = 1;
    }
    return out;
  },
  toOnnx: membershipToOnnx,
  featureNames: (names, { categories }) =>
    categories.flatMap((values, column) => Array.from(values, (value) => `${names[column]}=${value}`)),
});

/** Where each column's categories begin, and where the last ones end. */
function startsOf({ categories }: CategoriesState): readonly number[] {
  let at = 0;
  return [0, ...categories.map(({ length }) => (at += length))];
}
