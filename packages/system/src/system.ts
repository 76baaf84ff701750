import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AthanorError } from "@athanor/core";
import type { Config } from "./config/define-config.ts";
import { loadConfig } from "./config/load-config.ts";
import { planSteps } from "./pipeline/plan-steps.ts";
import type { Step } from "./pipeline/step.ts";
import { openWorkspace, type Workspace } from "./workspace/workspace.ts";

/** A project: its configuration, the steps that follow from it, and its workspace. */
export interface LearningSystem extends AsyncDisposable {
  readonly config: Config;
  readonly steps: readonly Step[];
  readonly workspace: Workspace;
}

/** Loads a project's configuration, checks all of it, and opens its workspace. */
export async function openSystem(directory: string): Promise<LearningSystem> {
  const config = await loadConfig(directory);
  const steps = planSteps(config, resolve(directory));
  const workspace = await openWorkspace(directory);
  return { config, steps, workspace, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}

/**
 * Opens a workspace that must exist, without its configuration.
 *
 * @throws `workspace/missing`
 */
export async function openRecord(directory: string): Promise<Workspace> {
  const path = join(resolve(directory), ".athanor", "athanor.db");
  await stat(path).catch((cause) => {
    throw new AthanorError("workspace/missing", `Workspace: expected ${path}, got no such file`, {
      fix: "Run `athanor learn` first, or name the project's folder with --project.",
      details: { path },
      cause,
    });
  });
  return openWorkspace(directory);
}
