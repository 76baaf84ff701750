import { type ColumnProfile, outlierFences } from "./profile.ts";
import { type Column, isMissing } from "./table.ts";

/** What is wrong with a column, in how many rows, and what may be done about it. */
export interface CleaningSuggestion {
  readonly problem:
    | "missing"
    | "constant"
    | "placeholder"
    | "numbers-as-text"
    | "times-as-text"
    | "spellings"
    | "outliers"
    | "same-column"
    | "duplicate-rows";
  readonly fix: "impute" | "drop-column" | "set-missing" | "convert" | "unify" | "check" | "drop-rows";
  readonly columns: readonly string[];
  readonly rows: number;
  /** The values in question, a few of them. */
  readonly examples?: readonly string[];
  /** What to put instead: of missing values the median or the most frequent, of spellings the most frequent. */
  readonly instead?: string;
  /** Numbers below and above which values are outliers. */
  readonly fences?: readonly [number, number];
}

const placeholders = new Set([
  "",
  "?",
  "-",
  "--",
  ".",
  "na",
  "n/a",
  "nan",
  "null",
  "none",
  "nil",
  "missing",
  "unknown",
  "#n/a",
  "\\n",
]);
/** Share of a text column's values that must be numbers, or times, for the rest to be slips. */
const almostAll = 0.95;
/** Share of missing values from which on there is too little to impute from. */
const tooMany = 0.5;
const shown = 5;

/** Suggests how to clean one column. */
export function cleaningOf(
  column: Column,
  { name, missing, distinct, quartiles, outliers, top }: ColumnProfile,
  rows: number,
): CleaningSuggestion[] {
  const columns = [name];
  const found: CleaningSuggestion[] = [];
  if (rows === 0) return found;
  if (distinct <= 1) return [{ problem: "constant", fix: "drop-column", columns, rows }];
  if (missing > 0) {
    const usual = quartiles ? String(quartiles[1]) : top?.[0]?.[0];
    found.push(
      missing / rows >= tooMany || usual === undefined
        ? { problem: "missing", fix: "drop-column", columns, rows: missing }
        : { problem: "missing", fix: "impute", columns, rows: missing, instead: usual },
    );
  }
  if (quartiles && outliers)
    found.push({ problem: "outliers", fix: "check", columns, rows: outliers, fences: outlierFences(quartiles) });
  if (column.type === "text") found.push(...cleaningOfTexts(column, rows));
  return found;
}

function cleaningOfTexts(column: Column & { type: "text" }, rows: number): CleaningSuggestion[] {
  const columns = [column.name];
  const counts = new Uint32Array(column.dictionary.length);
  for (let row = 0; row < rows; row++) if (!isMissing(column, row)) counts[column.codes[row]!]!++;
  const used = column.dictionary.map((text, code) => ({ text, count: counts[code]! })).filter(({ count }) => count > 0);
  const total = (values: readonly { readonly count: number }[]) => values.reduce((sum, { count }) => sum + count, 0);
  const texts = (values: readonly { readonly text: string }[]) => values.slice(0, shown).map(({ text }) => text);
  const found: CleaningSuggestion[] = [];
  const empty = used.filter(({ text }) => placeholders.has(text.trim().toLowerCase()));
  if (empty.length > 0)
    found.push({ problem: "placeholder", fix: "set-missing", columns, rows: total(empty), examples: texts(empty) });
  const real = used.filter((value) => !empty.includes(value));
  for (const [problem, test] of [
    ["numbers-as-text", isNumeric],
    ["times-as-text", isTime],
  ] as const) {
    const others = real.filter(({ text }) => !test(text));
    if (real.length > 1 && 1 - total(others) / total(real) >= almostAll)
      return [...found, { problem, fix: "convert", columns, rows: total(real), examples: texts(others) }];
  }
  const spellings = Map.groupBy(real, ({ text }) => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase());
  const variants = [...spellings.values()].filter((values) => values.length > 1);
  for (const values of variants) {
    const [usual, ...others] = values.toSorted((a, b) => b.count - a.count);
    found.push({
      problem: "spellings",
      fix: "unify",
      columns,
      rows: total(others),
      examples: texts(others),
      instead: usual!.text,
    });
  }
  return found;
}

const isNumeric = (text: string): boolean => /^\s*[-+]?(\d+([.,]\d+)*|\.\d+)(e[-+]?\d+)?\s*%?\s*$/i.test(text);
const isTime = (text: string): boolean =>
  /^\s*(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[-+]\d{2}:?\d{2})?)?\s*$/.test(
    text,
  );

/** Suggests to drop the later of two columns that say the same, row by row. */
export const sameColumn = (kept: string, dropped: string, rows: number): CleaningSuggestion => ({
  problem: "same-column",
  fix: "drop-column",
  columns: [dropped, kept],
  rows,
});
