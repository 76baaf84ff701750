import { AthanorError } from "@athanor/core";
import { cellOf, columnOf, type Table } from "./table.ts";

/**
 * Checks that the key columns name each row once.
 *
 * @throws `data/duplicate-key`, `data/missing-key`, `data/unknown-column`
 */
export function checkKey(owner: string, table: Table, key: readonly string[]): void {
  if (key.length === 0) return;
  const columns = key.map((name) => columnOf(table, name, owner));
  const seen = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const cells = columns.map((column) => cellOf(column, row));
    if (cells.includes(null)) {
      throw new AthanorError(
        "data/missing-key",
        `${owner}: expected a value for the key ${key.join(", ")} in row ${row + 1}, got none`,
        {
          fix: "Fill in the value, or choose another key.",
          details: { row: row + 1, key },
        },
      );
    }
    const value = cells.length === 1 ? String(cells[0]) : JSON.stringify(cells);
    const before = seen.get(value);
    if (before !== undefined) {
      throw new AthanorError(
        "data/duplicate-key",
        `${owner}: expected each ${key.join(", ")} once, got ${value} in rows ${before + 1} and ${row + 1}`,
        {
          fix: "Remove one of the rows, or choose another key.",
          details: { rows: [before + 1, row + 1], key, value },
        },
      );
    }
    seen.set(value, row);
  }
}
