import { join } from "node:path";
import { contentHash, isAbort } from "@athanor/core";
import type { Language } from "./language.ts";
import { orderSteps } from "./pipeline/order-steps.ts";
import { closeAbandonedRuns, dropRun, endRun, startRun } from "./pipeline/run-log.ts";
import { runSteps, type StepEvent, type StepResult } from "./pipeline/run-steps.ts";
import { readStepRecords } from "./pipeline/step-record.ts";
import { listModels, type ModelVersion } from "./registry/registry.ts";
import { translateReport, writeReport } from "./report/write-report.ts";
import type { LearningSystem } from "./system.ts";
import { acquireLock } from "./workspace/lock.ts";
import { diskFull, isDiskFull } from "./workspace/object-store.ts";

/** What to bring up to date, and who hears of it. */
export interface LearnOptions {
  /** Steps, kinds or names to bring up to date with what they need; all when empty. */
  readonly steps?: readonly string[];
  readonly signal?: AbortSignal;
  /** Of the report; the configuration's by default. */
  readonly language?: Language | undefined;
  readonly onEvent?: (event: StepEvent) => void;
}

/** What a run did. */
export interface LearnResult {
  /** The run's number; absent when nothing had to run. */
  readonly run?: number;
  readonly steps: readonly StepResult[];
  readonly models: readonly ModelVersion[];
  /** Path of the report's page. */
  readonly report?: string;
  readonly durationMs: number;
}

/**
 * Brings a system up to date: runs what is stale and nothing else, then writes the report.
 *
 * A step that fails stops only what needs it. Cancelled or killed, the same call goes on where it ended.
 *
 * @throws `workspace/locked`, `workspace/disk-full`, `pipeline/unknown-step`
 */
export async function learn(system: LearningSystem, options: LearnOptions = {}): Promise<LearnResult> {
  try {
    return await bringUpToDate(system, options);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(system.workspace.folder, error) : error;
  }
}

async function bringUpToDate(
  system: LearningSystem,
  { steps: wanted = [], signal, onEvent, language = system.config.language ?? "en" }: LearnOptions,
): Promise<LearnResult> {
  const started = Date.now();
  const { workspace, config } = system;
  const ordered = orderSteps(system.steps, wanted);
  await using _lock = await acquireLock(join(workspace.folder, "learn.lock"));
  await closeAbandonedRuns(workspace);
  const before = await readStepRecords(workspace);
  const previousModels = await champions(system);
  const run = await startRun(workspace, {
    kind: "learn",
    name: config.name,
    parameters: { steps: wanted, configuration: contentHash(config) },
  });

  let results: readonly StepResult[];
  try {
    results = await runSteps(ordered, workspace, { run, signal, onEvent });
  } catch (error) {
    const status = isAbort(error) || signal?.aborted ? "cancelled" : "failed";
    // On a full disk the run stays open; the next one closes it.
    await endRun(workspace, run, status).catch(() => undefined);
    throw error;
  }
  const models = await champions(system);
  const count = (status: StepResult["status"]) => results.filter((result) => result.status === status).length;
  const durationMs = Date.now() - started;
  const report = join(workspace.folder, "report.html");
  const common = { steps: results, models, report, durationMs };
  if (count("fresh") === results.length) {
    await dropRun(workspace, run);
    await translateReport(report, language);
    return common;
  }
  await writeReport(system, {
    path: report,
    language,
    run,
    started,
    durationMs,
    results,
    before,
    models,
    previousModels,
  });
  const failed = count("failed") + count("blocked");
  await endRun(workspace, run, failed > 0 ? "failed" : "done", { ran: count("done"), fresh: count("fresh"), failed });
  return { run, ...common };
}

const champions = async ({ workspace, config }: LearningSystem): Promise<readonly ModelVersion[]> =>
  (await listModels(workspace)).filter(({ task, stage }) => stage === "champion" && task in (config.learn ?? {}));
