import { AthanorError, float32 } from "@athanor/core";
import type { BatchSource, SeriesShape } from "@athanor/nn";
import type { Series } from "./series.ts";

/**
 * Where the windows begin that predict steps from `from` up to `to`; those whose steps to predict are not all known are left out.
 *
 * @throws `task/few-steps` when there are none
 */
export function windowStarts(
  { missing }: Series,
  { window, horizon, targets }: SeriesShape,
  from: number,
  to: number,
  owner: string,
): readonly number[] {
  const starts: number[] = [];
  for (let start = Math.max(0, from - window); start + window + horizon <= to; start++) {
    const isKnown = missing
      .slice(0, targets)
      .every((column) => column.subarray(start + window, start + window + horizon).every((each) => each === 0));
    if (isKnown) starts.push(start);
  }
  if (starts.length > 0) return starts;
  throw new AthanorError(
    "task/few-steps",
    `${owner}: expected at least ${window + horizon} known steps in each part, got none in ${to - from} steps`,
    { fix: "Give more rows, or choose a shorter window or horizon.", details: { window, horizon, steps: to - from } },
  );
}

/** Windows of series with the steps after each, made when a batch asks: `[batch, window, channels]` and `[batch, horizon, targets]`. */
export function windowsOf(
  { values }: Series,
  { window, horizon, channels, targets }: SeriesShape,
  starts: readonly number[],
): BatchSource {
  const block = (rows: Uint32Array, first: number, steps: number, columns: number) => {
    const data = new Float32Array(rows.length * steps * columns);
    let at = 0;
    for (const row of rows) {
      const start = starts[row]! + first;
      for (let step = start; step < start + steps; step++)
        for (let column = 0; column < columns; column++) data[at++] = values[column]![step]!;
    }
    return float32(data, [rows.length, steps, columns]);
  };
  return {
    count: starts.length,
    targets: { dtype: "float32", shape: [horizon, targets] },
    take: async (rows) => ({ x: block(rows, 0, window, channels), y: block(rows, window, horizon, targets) }),
  };
}
