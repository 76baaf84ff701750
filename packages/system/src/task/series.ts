import { AthanorError } from "@athanor/core";
import { columnOf, numbersOf, selectRows, type Table } from "@athanor/data";

/** Columns of numbers in the order of time, scaled to mean 0 and deviation 1 over the steps that are learned from. */
export interface Series {
  readonly names: readonly string[];
  /** A column each; a missing number is the last one before it. */
  readonly values: readonly Float64Array[];
  /** Where a number was missing. */
  readonly missing: readonly Uint8Array[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** @throws `data/unknown-column`, `data/wrong-type`, `task/no-series` for a column without numbers */
export function seriesOf(
  table: Table,
  {
    targets,
    features,
    time,
  }: { readonly targets: readonly string[]; readonly features: readonly string[]; readonly time: string | null },
  learned: number,
  owner: string,
): Series {
  const ordered = time === null ? table : inOrder(table, time, owner);
  const names = [...targets, ...features];
  const columns = names.map((name) => {
    const values = numbersOf(columnOf(ordered, name, owner), owner);
    const missing = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
    let last = values.find((value) => !Number.isNaN(value));
    if (last === undefined) {
      throw new AthanorError("task/no-series", `${owner}: expected numbers in ${name}, got none`, {
        fix: "Name a column of numbers.",
        details: { column: name },
      });
    }
    for (const [i, value] of values.entries()) {
      if (Number.isNaN(value)) values[i] = last;
      else last = value;
    }
    const part = values.subarray(0, learned);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    const variance = part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / part.length;
    const deviation = Math.sqrt(variance) || 1;
    return { values: values.map((value) => (value - mean) / deviation), missing, mean, deviation };
  });
  return {
    names,
    values: columns.map(({ values }) => values),
    missing: columns.map(({ missing }) => missing),
    means: columns.map(({ mean }) => mean),
    deviations: columns.map(({ deviation }) => deviation),
  };
}

/** A scaled number as it was. */
export const scaledBack = ({ means, deviations }: Series, value: number, column: number): number =>
  value * deviations[column]! + means[column]!;

function inOrder(table: Table, time: string, owner: string): Table {
  const times = numbersOf(columnOf(table, time, owner), owner);
  return selectRows(
    table,
    [...times.keys()].sort((a, b) => times[a]! - times[b]!),
  );
}
