import { contentHash, type LongWork } from "@athanor/core";
import { orderSteps } from "./pipeline/order-steps.ts";
import { keyOf, type StepResult, whyStale } from "./pipeline/run-steps.ts";
import { readStepRecords } from "./pipeline/step-record.ts";
import { listModels, type ModelVersion } from "./registry/registry.ts";
import type { LearningSystem } from "./system.ts";

/** Whether a step has to run, and why. */
export interface StepState {
  readonly name: string;
  readonly state: "fresh" | "stale" | "failed";
  readonly reason: string;
  /** Hash of what the step left behind, when it is fresh. */
  readonly outputHash?: string;
}

/** The state of every step, with the models in use. */
export interface SystemStatus {
  readonly name: string;
  readonly steps: readonly StepState[];
  readonly champions: readonly ModelVersion[];
}

/** Says of every step whether it is fresh, stale or failed, and why, without running anything. */
export async function statusOf(
  { config, steps, workspace }: LearningSystem,
  work: LongWork = {},
): Promise<SystemStatus> {
  const records = await readStepRecords(workspace);
  const fresh = new Map<string, StepResult>();
  const states: StepState[] = [];
  for (const step of orderSteps(steps)) {
    const record = records.get(step.name);
    const needs = step.needs.map((need) => fresh.get(need));
    const staleNeed = step.needs.find((_, i) => needs[i] === undefined);
    const failed = record?.status === "failed";
    if (staleNeed !== undefined) {
      states.push({
        name: step.name,
        state: failed ? "failed" : "stale",
        reason: record?.error?.message ?? `${staleNeed} has to run first`,
      });
      continue;
    }
    try {
      const key = await keyOf(step, needs as readonly StepResult[], work);
      const reason = await whyStale(step, workspace, record, key);
      if (reason !== undefined || record === undefined) {
        states.push({
          name: step.name,
          state: failed ? "failed" : "stale",
          reason: record?.error?.message ?? reason ?? "never ran",
        });
        continue;
      }
      const { output } = record;
      const outputHash = contentHash(output);
      fresh.set(step.name, {
        name: step.name,
        status: "fresh",
        key,
        outputHash,
        output,
        durationMs: 0,
        reason: "nothing changed",
      });
      states.push({ name: step.name, state: "fresh", reason: "nothing changed", outputHash });
    } catch (error) {
      work.signal?.throwIfAborted();
      states.push({ name: step.name, state: "failed", reason: (error as Error).message });
    }
  }
  const champions = (await listModels(workspace)).filter(({ stage }) => stage === "champion");
  return { name: config.name, steps: states, champions };
}
