import { describe, expect, it } from "vitest";
import { profileTable } from "./profile-table.ts";
import { tableFromRows } from "./table.ts";

const row = (i: number) => ({
  id: `r${i}`,
  constant: 1,
  celsius: ((i * 37) % 23) + 0.5,
  fahrenheit: (((i * 37) % 23) + 0.5) * 1.8 + 32,
  wild: i === 5 ? 900 : i % 7,
  mostly: i % 4 === 0 ? 1 : null,
  gaps: i % 10 === 3 ? null : i % 3,
  price: i === 8 ? "call us" : String(i * 1.5),
  joined: `2024-0${(i % 9) + 1}-1${i % 10}`,
  city: i % 12 === 0 ? " lyon" : i % 12 === 1 ? "LYON" : i % 2 ? "Lyon" : "Graz",
  code: i % 12 === 2 ? "?" : `c${i % 3}`,
});
const rows = Array.from({ length: 40 }, (_, i) => row(i));

describe("profileTable", () => {
  it("suggests how to clean each column", async () => {
    const { suggestions, keys, duplicates } = await profileTable(tableFromRows(rows));
    expect(suggestions).toEqual([
      { problem: "constant", fix: "drop-column", columns: ["constant"], rows: 40 },
      {
        problem: "outliers",
        fix: "check",
        columns: ["wild"],
        rows: 1,
        fences: [expect.any(Number), expect.any(Number)],
      },
      { problem: "constant", fix: "drop-column", columns: ["mostly"], rows: 40 },
      { problem: "missing", fix: "impute", columns: ["gaps"], rows: 4, instead: "1" },
      { problem: "numbers-as-text", fix: "convert", columns: ["price"], rows: 40, examples: ["call us"] },
      { problem: "times-as-text", fix: "convert", columns: ["joined"], rows: 40, examples: [] },
      { problem: "spellings", fix: "unify", columns: ["city"], rows: 8, examples: [" lyon", "LYON"], instead: "Lyon" },
      { problem: "placeholder", fix: "set-missing", columns: ["code"], rows: 4, examples: ["?"] },
      { problem: "same-column", fix: "drop-column", columns: ["fahrenheit", "celsius"], rows: 40 },
    ]);
    expect(keys).toEqual([["id"], ["price"], ["joined"]]);
    expect(duplicates).toBe(0);
  });

  it("counts duplicates exactly, missing values equal to each other, and finds keys of two columns", async () => {
    const { duplicates, suggestions } = await profileTable(
      tableFromRows([
        { a: 1, b: null },
        { a: 1, b: "x" },
        { a: 1, b: null },
        { a: null, b: null },
        { a: 1, b: null },
      ]),
    );
    expect(duplicates).toBe(2);
    expect(suggestions.at(-1)).toEqual({ problem: "duplicate-rows", fix: "drop-rows", columns: ["a", "b"], rows: 2 });
    const grid = Array.from({ length: 12 }, (_, i) => ({ x: i % 4, y: Math.floor(i / 4), z: i % 2 }));
    expect((await profileTable(tableFromRows(grid))).keys).toEqual([["x", "y"]]);
  });

  it("measures associations as SciPy does", async () => {
    const table = tableFromRows(
      Array.from({ length: 60 }, (_, i) => ({
        a: (i * 17) % 23,
        b: ((i * 17) % 23) * 2 + ((i * 7) % 11),
        c: 1e9 + ((i * 29) % 31),
        kind: ["p", "q", "r"][(i * 5) % 3]!,
        group: i % 7 < 3 ? "yes" : ["no", "maybe"][(i * 5) % 3 === 1 ? 1 : 0]!,
        even: (i * i) % 5 < 2,
      })),
    );
    const values = (await profileTable(table)).associations.map(({ value }) => value);
    const expected = [
      0.9758173268717513, 0.17297836513271586, 0.17515795475250043, 0.5244044240850758, 0.0, 0.06630090460442833,
    ];
    expect(values).toHaveLength(expected.length);
    // Numbers around a billion leave SciPy some nine digits.
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 9);
  });

  it("has nothing to say of an empty table", async () => {
    expect(await profileTable({ columns: [], rows: 0 })).toMatchObject({ duplicates: 0, keys: [], suggestions: [] });
  });
});
