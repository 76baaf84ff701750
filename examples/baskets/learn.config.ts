import { join } from "node:path";
import { associationRules, csv, defineConfig, sql } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "groceries");

export default defineConfig({
  name: "baskets",
  seed: 1,
  sources: {
    // A line is a basket, its items stand between commas: one column of text, taken apart by the statement below.
    lines: csv(join(data, "groceries.csv"), {
      delimiter: "\t",
      header: false,
      columns: ["items"],
      types: ["items:text"],
    }),
    baskets: sql(
      "SELECT basket, unnest(string_split(items, ',')) AS item FROM (SELECT row_number() OVER () AS basket, items FROM lines)",
    ),
  },
  mine: {
    groceries: associationRules({
      from: "baskets",
      transaction: "basket",
      item: "item",
      minSupport: 0.006,
      minConfidence: 0.25,
      minLift: 0,
      maxLength: 10,
    }),
    surprising: associationRules({
      from: "baskets",
      transaction: "basket",
      item: "item",
      minSupport: 0.006,
      minConfidence: 0.25,
      maxLength: 10,
      level: 0.01,
      withoutRedundant: true,
      entity: "Item",
    }),
  },
});
