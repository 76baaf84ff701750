import type { LongWork } from "@athanor/core";
import type { Workspace } from "../workspace/workspace.ts";

/** What a step leaves behind: objects by their hash, and plain data. Equal inputs give equal outputs. */
export interface StepOutput {
  readonly objects: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StepContext extends LongWork {
  readonly workspace: Workspace;
  /** The step's key: the hash of everything its output depends on. */
  readonly key: string;
  /** The learn run that this step is part of. */
  readonly run: number;
  /** The output of a step named in `needs`. */
  output(step: string): StepOutput;
}

/** One unit of recomputation. */
export interface Step {
  /** `kind:name`, such as `ingest:books`. */
  readonly name: string;
  readonly needs: readonly string[];
  /** Everything of the configuration that the output depends on. */
  readonly declaration: unknown;
  /** Hash of what lies outside the workspace, such as the files of a source. */
  fingerprint?(work: LongWork): Promise<string>;
  run(context: StepContext): Promise<StepOutput>;
  /** False when what the step wrote beside its objects is gone. */
  isIntact?(output: StepOutput, workspace: Workspace, key: string): Promise<boolean>;
}
