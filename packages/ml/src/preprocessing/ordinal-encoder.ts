import { float32, integer } from "@athanor/core";
import { fitCategories, membershipToOnnx, placesOf } from "../columns/categories.ts";
import { defineTransformer } from "../define-transformer.ts";

/** Numbers the values of each column from 0 in rising order; a value that was not seen, or is missing, gets `unknown`. */
export const ordinalEncoder = defineTransformer({
  name: "ordinalEncoder",
  allowsMissing: true,
  options: { unknown: integer(-1, "number of a value that was not seen") },
  fit: ({ x, options: { unknown } }) => ({ ...fitCategories("ordinalEncoder", x), unknown }),
  transform({ data, shape: [, features = 1] }, state) {
    const places = placesOf(state);
    return data.map((value, i) => places[i % features]!.get(value) ?? state.unknown);
  },
  toOnnx(g, x, state) {
    const { categories, unknown } = state;
    // unknown + Σ member (place − unknown)
    const owners = categories.flatMap((values, column) => Array.from(values, (_, place) => ({ column, place })));
    const shifts = new Float32Array(owners.length * categories.length);
    for (const [i, { column, place }] of owners.entries()) shifts[i * categories.length + column] = place - unknown;
    const members = membershipToOnnx(g, x, state);
    return g.add(g.matMul(members, g.constant(float32(shifts, [owners.length, categories.length]))), unknown);
  },
  featureNames: (names) => names,
});
