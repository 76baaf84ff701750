import { type LongWork, yieldToEventLoop } from "@athanor/core";
import { cellOf, columnOf, type Table } from "@athanor/data";
import { jaroWinkler, normalise } from "./similarity.ts";

/** How a column is compared: names whatever the order of their words, e-mail addresses by their parts, texts letter by letter. */
export type FieldKind = "name" | "email" | "text" | "exact";

/** Rows of a source that stand for the same thing get a SAME_AS relation; nothing is merged away. */
export interface ResolveMapping {
  readonly kind: "resolve";
  readonly type: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** Probability from which a pair counts. */
  readonly threshold: number;
}

/** Maps rows that are probably the same to a SAME_AS relation. */
export const resolve = (
  type: string,
  options: Pick<ResolveMapping, "key" | "fields"> & { readonly threshold?: number },
): ResolveMapping => ({ kind: "resolve", type, threshold: 0.9, ...options });

/** Two rows that are probably the same, and why. */
export interface Duplicate {
  /** Rows of the table, the earlier first. */
  readonly rows: readonly [number, number];
  readonly probability: number;
  /** Likeness by field, from 0 to 1. */
  readonly likeness: Readonly<Record<string, number>>;
}

/** Logarithms of how much likelier agreement, or its lack, is for duplicates than for others. */
const weights: Readonly<Record<FieldKind, { readonly same: number; readonly near: number; readonly far: number }>> = {
  name: { same: 7, near: 2.5, far: -5 },
  email: { same: 8, near: 2, far: -3 },
  text: { same: 3, near: 1.5, far: -2 },
  exact: { same: 2.5, near: 0, far: -1.5 },
};
/** Two rows picked at random are rarely the same. */
const prior = -6;

const compare: Readonly<Record<FieldKind, (a: string, b: string) => number>> = {
  name: (a, b) =>
    Math.max(jaroWinkler(a, b), jaroWinkler(a.split(" ").sort().join(" "), b.split(" ").sort().join(" "))),
  email: (a, b) => {
    const [user, host] = [
      jaroWinkler(a.split("@")[0]!.replace(/[.+_-]/g, ""), b.split("@")[0]!.replace(/[.+_-]/g, "")),
      a.split("@")[1] === b.split("@")[1],
    ];
    return host ? user : user * 0.92;
  },
  text: jaroWinkler,
  exact: (a, b) => Number(a === b),
};

/** Keys under which a row may meet its duplicates: only rows that share one are compared. */
const blocks: Readonly<Record<FieldKind, (value: string) => readonly string[]>> = {
  name: (value) => value.split(" ").flatMap((word) => [word.slice(0, 4), word.slice(-4)]),
  email: (value) => [
    value
      .split("@")[0]!
      .replace(/[.+_-]/g, "")
      .slice(0, 6),
  ],
  text: (value) => [value.slice(0, 5)],
  exact: () => [],
};
const largestBlock = 200;

/**
 * Pairs of rows that are probably the same, by weighing each field's likeness.
 *
 * @throws `data/unknown-column`
 * @see Fellegi and Sunter 1969, "A theory for record linkage"
 */
export async function findDuplicates(
  table: Table,
  { fields, threshold }: Pick<ResolveMapping, "fields" | "threshold">,
  { signal }: LongWork = {},
): Promise<readonly Duplicate[]> {
  const columns = Object.entries(fields).map(([name, kind]) => {
    const column = columnOf(table, name, "resolve");
    const values = Array.from({ length: table.rows }, (_, row) => {
      const cell = cellOf(column, row);
      return cell === null ? undefined : normalise(String(cell));
    });
    return { name, kind, values };
  });
  const met = new Map<string, number[]>();
  for (const { name, kind, values } of columns) {
    for (const [row, value] of values.entries()) {
      if (value === undefined) continue;
      for (const block of new Set(blocks[kind](value))) {
        const key = `${name}:${block}`;
        const rows = met.get(key);
        if (rows) rows.push(row);
        else met.set(key, [row]);
      }
    }
  }
  const seen = new Set<number>();
  const found: Duplicate[] = [];
  let compared = 0;
  for (const rows of met.values()) {
    if (rows.length > largestBlock) continue;
    for (const [i, a] of rows.entries()) {
      for (const b of rows.slice(i + 1)) {
        const pair = Math.min(a, b) * table.rows + Math.max(a, b);
        if (a === b || seen.has(pair)) continue;
        seen.add(pair);
        if (++compared % 4096 === 0) await yieldToEventLoop(signal);
        const duplicate = judge(columns, Math.min(a, b), Math.max(a, b));
        if (duplicate.probability >= threshold) found.push(duplicate);
      }
    }
  }
  return found.sort((a, b) => a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]);
}

function judge(
  columns: readonly {
    readonly name: string;
    readonly kind: FieldKind;
    readonly values: readonly (string | undefined)[];
  }[],
  a: number,
  b: number,
): Duplicate {
  let weight = prior;
  const likeness: Record<string, number> = {};
  for (const { name, kind, values } of columns) {
    const [left, right] = [values[a], values[b]];
    if (left === undefined || right === undefined) continue;
    const alike = compare[kind](left, right);
    likeness[name] = alike;
    const { same, near, far } = weights[kind];
    weight += alike > 0.985 ? same : alike > 0.93 ? near : alike > 0.85 ? (near + far) / 2 : far;
  }
  return { rows: [a, b], probability: 1 / (1 + Math.exp(-weight)), likeness };
}
