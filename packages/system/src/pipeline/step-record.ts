import type { Workspace } from "../workspace/workspace.ts";
import type { StepOutput } from "./step.ts";

export interface StepRecord {
  readonly key: string;
  readonly status: "done" | "failed";
  readonly output: StepOutput;
  readonly error: { readonly code: string; readonly message: string; readonly fix?: string } | undefined;
  readonly run: number;
  readonly durationMs: number;
}

/** What the workspace remembers of each step. */
export async function readStepRecords({ database }: Workspace): Promise<Map<string, StepRecord>> {
  const rows = await database.selectFrom("step").selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.name,
      {
        key: row.key,
        status: row.status,
        output: JSON.parse(row.output) as StepOutput,
        error: row.error === null ? undefined : JSON.parse(row.error),
        run: row.run,
        durationMs: row.ended - row.started,
      },
    ]),
  );
}

export interface FinishedStep {
  readonly name: string;
  readonly key: string;
  readonly status: "done" | "failed";
  readonly output: StepOutput;
  readonly error?: unknown;
  readonly run: number;
  readonly started: number;
}

/** Remembers how a step ended. */
export async function writeStepRecord({ database }: Workspace, step: FinishedStep): Promise<void> {
  const row = {
    key: step.key,
    status: step.status,
    output: JSON.stringify(step.output),
    error: step.error === undefined ? null : JSON.stringify(step.error),
    run: step.run,
    started: step.started,
    ended: Date.now(),
  };
  await database
    .insertInto("step")
    .values({ name: step.name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
  await database.deleteFrom("checkpoint").where("step", "=", step.name).where("key", "!=", step.key).execute();
}
