import type { Workspace } from "../workspace/workspace.ts";

export interface RunStart {
  readonly kind: "learn" | "train";
  readonly name: string;
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
    } as never)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Closes a run. */
export async function endRun(
  { database }: Workspace,
  id: number,
  status: "done" | "failed" | "cancelled",
  summary: unknown,
): Promise<void> {
  await database
    .updateTable("run")
    .set({ status, ended: Date.now(), summary: JSON.stringify(summary) })
    .where("id", "=", id)
    .execute();
}

/** Appends one point of a metric's curve; a repeated step (after a resume) replaces the earlier point. */
export async function logMetric(
  { database }: Workspace,
  run: number,
  name: string,
  step: number,
  value: number,
): Promise<void> {
  await database
    .insertInto("metric")
    .values({ run, name, step, value })
    .onConflict((conflict) => conflict.columns(["run", "name", "step"]).doUpdateSet({ value }))
    .execute();
}
