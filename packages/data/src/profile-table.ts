import { type LongWork, pauses } from "@athanor/core";
import { type Association, associations } from "./association.ts";
import { type CleaningSuggestion, cleaningOf, sameColumn } from "./cleaning.ts";
import { groupRows } from "./group-rows.ts";
import { type ColumnProfile, profile } from "./profile.ts";
import { type Column, columnOf, type Table } from "./table.ts";

/** What a table holds, and what may be wrong with it. */
export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Rows that equal one before them. */
  readonly duplicates: number;
  /** Columns that name a row each, alone; without any, pairs that do together. */
  readonly keys: readonly (readonly string[])[];
  readonly associations: readonly Association[];
  readonly suggestions: readonly CleaningSuggestion[];
}

/** From this correlation on one column may be the other in other units. */
const almostOne = 1 - 1e-9;

/** Describes a table as a whole: columns, duplicates, keys, associations and how to clean it. */
export async function profileTable(table: Table, { signal, onProgress }: LongWork = {}): Promise<TableProfile> {
  const pause = pauses({ signal });
  const report = (done: number) => onProgress?.({ stage: "profiling", done, total: 3 });
  const columns = profile(table);
  const suggestions = table.columns.flatMap((column, i) => cleaningOf(column, columns[i]!, table.rows));
  report(1);
  const duplicates = table.rows - (await groupRows(table, table.columns, pause)).groups;
  if (duplicates > 0) {
    const all = table.columns.map(({ name }) => name);
    suggestions.push({ problem: "duplicate-rows", fix: "drop-rows", columns: all, rows: duplicates });
  }
  const keys = await keysOf(table, columns, pause);
  report(2);
  const found = await associations(table, pause);
  for (const {
    columns: [a, b],
    measure,
    value,
    rows,
  } of found)
    if (rows === table.rows && rows > 2 && (measure === "pearson" ? Math.abs(value) : value) >= almostOne) {
      const isRenamed = measure === "pearson" || (await isOneToOne(table, a, b, pause));
      if (isRenamed) suggestions.push(sameColumn(a, b, rows));
    }
  report(3);
  return { rows: table.rows, columns, duplicates, keys, associations: found, suggestions };
}

async function isOneToOne(table: Table, a: string, b: string, pause: () => Promise<void>): Promise<boolean> {
  const groups = async (...names: string[]) =>
    (
      await groupRows(
        table,
        names.map((name) => columnOf(table, name)),
        pause,
      )
    ).groups;
  return (await groups(a)) === (await groups(b)) && (await groups(a, b)) === (await groups(a));
}

/** Pairs are looked at among the columns with the most values. */
const mostInPairs = 12;

async function keysOf(
  table: Table,
  profiles: readonly ColumnProfile[],
  pause: () => Promise<void>,
): Promise<string[][]> {
  const whole = table.columns
    .map((column, i) => ({ column, distinct: profiles[i]!.distinct, missing: profiles[i]!.missing }))
    .filter(({ column, missing }) => missing === 0 && column.type !== "real");
  const alone = whole.filter(({ distinct }) => distinct === table.rows && table.rows > 1);
  if (alone.length > 0) return alone.map(({ column }) => [column.name]);
  const many = whole.toSorted((a, b) => b.distinct - a.distinct).slice(0, mostInPairs);
  const pairs: [Column, Column][] = [];
  for (const [i, a] of many.entries())
    for (const b of many.slice(i + 1))
      if (a.distinct * b.distinct >= table.rows && table.rows > 1) pairs.push([a.column, b.column]);
  const found: string[][] = [];
  for (const pair of pairs)
    if ((await groupRows(table, pair, pause)).groups === table.rows) found.push(pair.map(({ name }) => name));
  return found;
}
