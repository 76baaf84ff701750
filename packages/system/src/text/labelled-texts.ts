import { AthanorError } from "@athanor/core";
import { columnOf, type Table, textsOf } from "@athanor/data";

/** Texts with the label of each. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

interface Columns {
  readonly text: string;
  readonly label: string;
}

/** The texts of a table that have a label; a missing text is empty. */
export function labelledTexts(table: Table, { text, label }: Columns, owner: string): LabelledTexts {
  const texts = textsOf(columnOf(table, text, owner));
  const labels = textsOf(columnOf(table, label, owner));
  const rows = [...labels.keys()].filter((row) => labels[row] !== undefined);
  return { texts: rows.map((row) => texts[row] ?? ""), labels: rows.map((row) => labels[row]!) };
}

/** Some of the texts, in the order of the rows. */
export const takeTexts = ({ texts, labels }: LabelledTexts, rows: readonly number[]): LabelledTexts => ({
  texts: rows.map((row) => texts[row]!),
  labels: rows.map((row) => labels[row]!),
});

/**
 * The labels that a model tells apart, sorted.
 *
 * @throws `task/one-label` for fewer than two
 */
export function classesOf(owner: string, column: string, labels: readonly string[]): readonly string[] {
  const classes = [...new Set(labels)].sort();
  if (classes.length > 1) return classes;
  throw new AthanorError(
    "task/one-label",
    `${owner}: expected two labels or more in ${column}, got ${classes.join(", ") || "none"}`,
    { fix: "Name the column that tells the rows apart, or add rows of another label.", details: { column } },
  );
}

/** @throws `task/unknown-label` for a label that is none of the classes, with its row */
export function classNumbers(owner: string, labels: readonly string[], classes: readonly string[]): number[] {
  const numbers = new Map(classes.map((label, i) => [label, i]));
  return labels.map((label, row) => {
    const number = numbers.get(label);
    if (number !== undefined) return number;
    const known = classes.length > 12 ? `${classes.slice(0, 12).join(", ")}, …` : classes.join(", ");
    throw new AthanorError(
      "task/unknown-label",
      `${owner}: expected one of the ${classes.length} labels ${known}, got ${label} in row ${row}`,
      {
        fix: `Add rows of ${label} to those that training learns from, or leave this row out.`,
        details: { label, row },
      },
    );
  });
}
