import type { Workspace } from "../workspace/workspace.ts";

/** Writes the points of a run's curves while it goes on, for others to watch. */
export interface CurveWriter {
  /** Appends a point to each named curve; the same step again, after a resume, replaces the earlier point. */
  add(step: number, figures: Readonly<Record<string, number>>): void;
  /** Writes what is still held back. */
  flush(): void;
}

/** The first points are written at once, later ones together: a write waits for the disk. */
const everyMs = 1000;

/** Opens the curves of a run. */
export function openCurves({ connection }: Workspace, run: number): CurveWriter {
  const insert = connection.prepare(
    "insert into metric (run, name, step, value) values (?, ?, ?, ?) on conflict (run, name, step) do update set value = excluded.value",
  );
  const write = connection.transaction((points: readonly (readonly [string, number, number])[]) => {
    for (const [metric, step, value] of points) insert.run(run, metric, step, value);
  });
  let held: (readonly [string, number, number])[] = [];
  let written = 0;
  const flush = () => {
    if (held.length > 0) write(held);
    held = [];
    written = Date.now();
  };
  return {
    add(step, figures) {
      for (const [metric, value] of Object.entries(figures)) held.push([metric, step, value]);
      if (Date.now() - written >= everyMs) flush();
    },
    flush,
  };
}
