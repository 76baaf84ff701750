import { AthanorError } from "@athanor/core";
import type { RunRow } from "../workspace/database.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface RunStart {
  readonly kind: RunRow["kind"];
  readonly name: string;
  /** The learn run that a training belongs to. */
  readonly parent?: number;
  readonly parameters: unknown;
}

/** Opens a run in the record and returns its number. */
export async function startRun({ database }: Workspace, { kind, name, parent, parameters }: RunStart): Promise<number> {
  const { id } = await database
    .insertInto("run")
    .values({
      kind,
      name,
      parent: parent ?? null,
      status: "running",
      started: Date.now(),
      ended: null,
      parameters: JSON.stringify(parameters),
      summary: "{}",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Closes a run. */
export async function endRun(
  { database }: Workspace,
  id: number,
  status: Exclude<RunRow["status"], "running">,
  summary: unknown = {},
): Promise<void> {
  const ending = { status, ended: Date.now(), summary: JSON.stringify(summary) };
  await database.updateTable("run").set(ending).where("id", "=", id).execute();
}

/** Forgets a run in which nothing happened. */
export async function dropRun({ database }: Workspace, id: number): Promise<void> {
  await database.deleteFrom("run").where("id", "=", id).execute();
}

/** Closes what a killed process left open. */
export async function closeAbandonedRuns({ database }: Workspace): Promise<void> {
  await database.updateTable("run").set({ status: "cancelled" }).where("status", "=", "running").execute();
}

/** One run: a whole learn or one training within it. */
export interface Run extends Omit<RunRow, "parameters" | "summary"> {
  readonly parameters: unknown;
  readonly summary: unknown;
}

const fromRow = (row: RunRow): Run => ({
  ...row,
  parameters: JSON.parse(row.parameters),
  summary: JSON.parse(row.summary),
});

/** A run with the last point of each of its curves. */
export interface ListedRun extends Run {
  readonly latest: Readonly<Record<string, { readonly step: number; readonly value: number }>>;
}

/** All runs, newest first. */
export async function listRuns({ database }: Workspace): Promise<readonly ListedRun[]> {
  const rows = await database.selectFrom("run").selectAll().orderBy("id", "desc").execute();
  // SQLite takes the other columns from the row that holds the maximum.
  const points = await database
    .selectFrom("metric")
    .select(({ fn }) => ["run", "name", "value", fn.max("step").as("step")])
    .groupBy(["run", "name"])
    .execute();
  const byRun = Map.groupBy(points, ({ run }) => run);
  return rows.map((row) => ({
    ...fromRow(row),
    latest: Object.fromEntries((byRun.get(row.id) ?? []).map(({ name, step, value }) => [name, { step, value }])),
  }));
}

/** A run with the curves that it logged. */
export interface RunDetails extends Run {
  readonly metrics: readonly {
    readonly name: string;
    readonly points: readonly (readonly [step: number, value: number])[];
  }[];
}

/**
 * One run with its curves.
 *
 * @throws `runs/unknown`
 */
export async function readRun({ database }: Workspace, id: number): Promise<RunDetails> {
  const row = await database.selectFrom("run").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) {
    throw new AthanorError("runs/unknown", `Runs: expected the number of a run, got ${id}`, {
      fix: "`athanor runs` lists them.",
      details: { run: id },
    });
  }
  const points = await database
    .selectFrom("metric")
    .selectAll()
    .where("run", "=", id)
    .orderBy("name")
    .orderBy("step")
    .execute();
  const byName = Map.groupBy(points, ({ name }) => name);
  return {
    ...fromRow(row),
    metrics: [...byName].map(([name, of]) => ({ name, points: of.map(({ step, value }) => [step, value] as const) })),
  };
}
