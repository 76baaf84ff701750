import { AthanorError, contentHash, isAbort, type LongWork, type Progress } from "@athanor/core";
import { diskFull, isDiskFull } from "../workspace/object-store.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Step, StepOutput } from "./step.ts";
import { readStepRecords, type StepRecord, writeStepRecord } from "./step-record.ts";

export type StepStatus = "fresh" | "done" | "failed" | "blocked";

/** How a step ended, and what it left behind. */
export interface StepResult {
  readonly name: string;
  readonly status: StepStatus;
  readonly key: string;
  /** Hash of the output; equal hashes mean that nothing downstream has to run. */
  readonly outputHash: string;
  readonly output: StepOutput;
  readonly durationMs: number;
  /** Why it ran, failed or could not run, in words. */
  readonly reason: string;
  readonly error?: AthanorError;
}

/** A step that began, went on or ended. */
export interface StepEvent {
  readonly step: string;
  readonly index: number;
  readonly count: number;
  readonly status: "running" | StepStatus;
  readonly progress?: Progress;
  readonly result?: StepResult;
}

export interface RunStepsOptions {
  readonly run: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: StepEvent) => void) | undefined;
}

const nothing: StepOutput = { objects: {}, data: {} };
/** Changes when steps compute something else from the same inputs. */
const codeVersion = 2;

/** Brings ordered steps up to date: runs what is stale, keeps what is fresh, goes on past failures with what does not need them. */
export async function runSteps(
  steps: readonly Step[],
  workspace: Workspace,
  { run, signal, onEvent }: RunStepsOptions,
): Promise<readonly StepResult[]> {
  const records = await readStepRecords(workspace);
  const results = new Map<string, StepResult>();
  for (const [index, step] of steps.entries()) {
    signal?.throwIfAborted();
    const report = (event: Omit<StepEvent, "step" | "index" | "count">) =>
      onEvent?.({ step: step.name, index, count: steps.length, ...event });
    const result = await bringUpToDate(step, workspace, records.get(step.name), results, {
      run,
      signal,
      onStart: () => report({ status: "running" }),
      onProgress: (progress) => report({ status: "running", progress }),
    });
    results.set(step.name, result);
    report({ status: result.status, result });
  }
  return [...results.values()];
}

async function bringUpToDate(
  step: Step,
  workspace: Workspace,
  record: StepRecord | undefined,
  results: ReadonlyMap<string, StepResult>,
  { run, signal, onProgress, onStart }: LongWork & { readonly run: number; readonly onStart: () => void },
): Promise<StepResult> {
  const started = Date.now();
  let key = "";
  const needs = step.needs.map((need) => results.get(need)!);
  const broken = needs.find(({ status }) => status === "failed" || status === "blocked");
  if (broken)
    return ended("blocked", `needs ${broken.name}, which ${broken.status === "failed" ? "failed" : "is blocked"}`);

  try {
    key = await keyOf(step, needs, { signal });
    const staleness = await whyStale(step, workspace, record, key);
    if (staleness === undefined) return ended("fresh", "nothing changed", record!.output);
    onStart();
    const output = await step.run({
      workspace,
      key,
      run,
      signal,
      onProgress,
      output: (name) => results.get(name)!.output,
    });
    await writeStepRecord(workspace, { name: step.name, key, status: "done", output, run, started });
    return ended("done", staleness, output);
  } catch (error) {
    if (isAbort(error) || signal?.aborted) throw error;
    const failure = asAthanorError(error, step.name, workspace);
    // Nothing else could be written either.
    if (failure.code === "workspace/disk-full") throw failure;
    await writeStepRecord(workspace, {
      name: step.name,
      key,
      status: "failed",
      output: nothing,
      error: failure,
      run,
      started,
    });
    return { ...ended("failed", failure.message), error: failure };
  }

  function ended(status: StepStatus, reason: string, output: StepOutput = nothing): StepResult {
    const durationMs = status === "fresh" ? 0 : Date.now() - started;
    return { name: step.name, status, key, outputHash: contentHash(output), output, durationMs, reason };
  }
}

/** The hash of everything a step's output depends on. */
export const keyOf = async (step: Step, needs: readonly StepResult[], work: LongWork): Promise<string> =>
  contentHash([
    codeVersion,
    step.name,
    step.declaration,
    (await step.fingerprint?.(work)) ?? "",
    needs.map(({ name, outputHash }) => [name, outputHash]),
  ]);

/** Returns why a step has to run, or `undefined` when it is fresh. */
export async function whyStale(
  step: Step,
  workspace: Workspace,
  record: StepRecord | undefined,
  key: string,
): Promise<string | undefined> {
  if (record === undefined) return "never ran";
  if (record.status === "failed") return "failed before";
  if (record.key !== key) return "its inputs or its declaration changed";
  for (const [name, hash] of Object.entries(record.output.objects)) {
    if (!(await workspace.objects.has(hash))) return `its object ${name} is gone`;
  }
  if (step.isIntact && !(await step.isIntact(record.output, workspace, key))) return "what it wrote is gone";
  return undefined;
}

function asAthanorError(error: unknown, step: string, { folder }: Workspace): AthanorError {
  if (error instanceof AthanorError) return error;
  if (isDiskFull(error)) return diskFull(folder, error);
  return new AthanorError("pipeline/step-failed", `${step}: expected to finish, got ${(error as Error).message}`, {
    fix: "This is a defect of Athanor or of a function in your configuration; run again with --json for its trace.",
    details: { step, stack: (error as Error).stack },
    cause: error,
  });
}
