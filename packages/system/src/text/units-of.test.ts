import { expect, it } from "vitest";
import { unitsOf } from "./units-of.ts";

it("takes words and signs apart, and says where they stand", () => {
  const text = "The U.N. 's Ann-Marie paid $3.50 (twice).";
  const units = unitsOf(text, "words");
  expect(units.map((unit) => unit.text)).toEqual([
    "The",
    "U.N.",
    "'s",
    "Ann-Marie",
    "paid",
    "$",
    "3.50",
    "(",
    "twice",
    ")",
    ".",
  ]);
  for (const unit of units) expect(text.slice(unit.start, unit.end)).toBe(unit.text);
  expect(unitsOf("Germany's", "words").map((unit) => unit.text)).toEqual(["Germany", "'s"]);
});

it("takes characters apart, those outside the basic plane whole", () => {
  expect(unitsOf("高 勇𠮷", "characters")).toEqual([
    { text: "高", start: 0, end: 1 },
    { text: "勇", start: 2, end: 3 },
    { text: "𠮷", start: 3, end: 5 },
  ]);
});
