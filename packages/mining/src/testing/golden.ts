import { readFileSync } from "node:fs";
import type { Points } from "../points.ts";

/** Reads what a script of golden/record recorded for this package. */
export const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../golden/mining/${name}.json`, import.meta.url), "utf8")) as T;

/** Rows as points. */
export const pointsOf = (rows: readonly (readonly number[])[]): Points => ({
  values: Float64Array.from(rows.flat()),
  features: rows[0]!.length,
});

/** Numbers clusters in the order of their first points; -1 stays. */
export function byFirst(labels: Iterable<number>): number[] {
  const numbers = new Map([[-1, -1]]);
  return Array.from(labels, (label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size - 1);
    return numbers.get(label)!;
  });
}

/** The largest difference, over the larger of 1 and the expected number. */
export const worst = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  actual.length === expected.length
    ? expected.reduce(
        (most, value, i) => Math.max(most, Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value))),
        0,
      )
    : Number.POSITIVE_INFINITY;
