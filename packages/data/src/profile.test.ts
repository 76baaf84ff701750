import { expect, it } from "vitest";
import { profile } from "./profile.ts";
import { tableFromRows } from "./table.ts";

it("counts what is missing and distinct, and shows range or most frequent values", () => {
  const table = tableFromRows([
    { n: 1, t: "a" },
    { n: 3, t: "b" },
    { n: null, t: "a" },
  ]);
  expect(profile(table)).toEqual([
    {
      name: "n",
      type: "integer",
      missing: 1,
      distinct: 2,
      min: 1,
      max: 3,
      mean: 2,
      quartiles: [1.5, 2, 2.5],
      outliers: 0,
    },
    {
      name: "t",
      type: "text",
      missing: 0,
      distinct: 2,
      top: [
        ["a", 2],
        ["b", 1],
      ],
    },
  ]);
});
