import { AthanorError, nearestName } from "@athanor/core";
import type { ModelCard } from "../task/model-card.ts";
import type { ModelRow } from "../workspace/database.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** One registered model of a task. */
export interface ModelVersion {
  readonly task: string;
  readonly version: number;
  /** Hash of the ONNX file in the object store. */
  readonly object: string;
  readonly created: number;
  readonly run: number;
  readonly stage: "champion" | "challenger" | "retired";
  readonly metrics: Readonly<Record<string, number>>;
  readonly lineage: Lineage;
  readonly card: ModelCard;
}

/** What a model was made from. */
export interface Lineage {
  readonly configuration: string;
  /** Source name to hash of its snapshot. */
  readonly sources: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
}

const fromRow = (row: ModelRow): ModelVersion => ({
  ...row,
  metrics: JSON.parse(row.metrics),
  lineage: JSON.parse(row.lineage),
  card: JSON.parse(row.card),
});

/** Versions of one task, or of all, newest first. */
export async function listModels({ database }: Workspace, task?: string): Promise<readonly ModelVersion[]> {
  let query = database.selectFrom("model").selectAll().orderBy("task").orderBy("version", "desc");
  if (task !== undefined) query = query.where("task", "=", task);
  return (await query.execute()).map(fromRow);
}

/**
 * Finds a version of a task's model, the champion unless one is named.
 *
 * @throws `registry/unknown-task`, `registry/unknown-version`
 */
export async function findModel(workspace: Workspace, task: string, version?: number): Promise<ModelVersion> {
  const versions = await listModels(workspace, task);
  if (versions.length === 0) {
    const known = [...new Set((await listModels(workspace)).map((model) => model.task))];
    const near = nearestName(task, known);
    throw new AthanorError("registry/unknown-task", `Registry: expected a task with a model, got ${task}`, {
      fix:
        known.length === 0
          ? "Run `athanor learn` first."
          : `Name one of ${known.join(", ")}${near ? `; ${near} is the nearest` : ""}.`,
      details: { task, known },
    });
  }
  const found = versions.find((model) =>
    version === undefined ? model.stage === "champion" : model.version === version,
  );
  if (found === undefined) {
    const known = versions.map((model) => model.version);
    throw new AthanorError("registry/unknown-version", `Registry: expected a version of ${task}, got ${version}`, {
      fix: `Name one of ${known.join(", ")}.`,
      details: { task, version, known },
    });
  }
  return found;
}

export interface Candidacy extends Omit<ModelVersion, "version" | "created" | "stage"> {}

/**
 * Registers a model as the next version of its task and makes it the champion unless it is worse than the present one.
 *
 * The same object made from the same inputs is registered once.
 */
export async function registerModel({ database }: Workspace, candidacy: Candidacy): Promise<ModelVersion> {
  const lineage = JSON.stringify(candidacy.lineage);
  return database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom("model")
      .selectAll()
      .where("task", "=", candidacy.task)
      .orderBy("version", "desc")
      .execute();
    const same = rows.find(
      (row) =>
        row.object === candidacy.object && row.lineage === lineage && row.metrics === JSON.stringify(candidacy.metrics),
    );
    if (same) return fromRow(same);
    const champion = rows.find(({ stage }) => stage === "champion");
    const stage = champion === undefined || isNoWorse(candidacy, fromRow(champion)) ? "champion" : "challenger";
    if (stage === "champion") {
      await transaction
        .updateTable("model")
        .set({ stage: "retired" })
        .where("task", "=", candidacy.task)
        .where("stage", "=", "champion")
        .execute();
    }
    const row: ModelRow = {
      task: candidacy.task,
      version: (rows[0]?.version ?? 0) + 1,
      object: candidacy.object,
      created: Date.now(),
      run: candidacy.run,
      stage,
      metrics: JSON.stringify(candidacy.metrics),
      lineage,
      card: JSON.stringify(candidacy.card),
    };
    await transaction.insertInto("model").values(row).execute();
    return fromRow(row);
  });
}

/** Makes a version the champion of its task. */
export async function promoteModel(workspace: Workspace, task: string, version: number): Promise<ModelVersion> {
  const model = await findModel(workspace, task, version);
  await workspace.database.transaction().execute(async (transaction) => {
    const ofTask = transaction.updateTable("model").where("task", "=", task);
    await ofTask.set({ stage: "retired" }).where("stage", "=", "champion").execute();
    await ofTask.set({ stage: "champion" }).where("version", "=", version).execute();
  });
  return { ...model, stage: "champion" };
}

function isNoWorse(candidate: Candidacy, champion: ModelVersion): boolean {
  const { metric, better } = candidate.card.headline;
  const ours = candidate.metrics[metric];
  const theirs = champion.metrics[metric];
  if (ours === undefined || theirs === undefined) return true;
  return better === "higher" ? ours >= theirs : ours <= theirs;
}
