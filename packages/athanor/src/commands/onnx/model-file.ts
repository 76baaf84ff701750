import { stat } from "node:fs/promises";
import { AthanorError } from "@athanor/core";
import { type Model, openModelFile as openFile } from "@athanor/onnx";
import type { DeviceChoice } from "@athanor/runtime";
import { assignments } from "../../assignments.ts";
import type { CommandResult } from "../../define-command.ts";
import { wholeNumber } from "../../whole-number.ts";

export interface OnnxFlags {
  readonly dim: readonly string[];
  readonly out: string | null;
  readonly loss: string | null;
  readonly wrt: readonly string[];
  readonly budget: number | null;
  readonly runs: number;
  readonly threads: number | null;
  readonly device: DeviceChoice;
  readonly training: boolean;
}

export interface ModelFile {
  readonly path: string;
  readonly bytes: number;
  readonly model: Model;
  /** Lengths of symbolic axes. */
  readonly dims: Readonly<Record<string, number>>;
}

export interface OnnxContext {
  readonly file: ModelFile;
  readonly flags: OnnxFlags;
  readonly signal: AbortSignal;
}

/** What `athanor onnx NAME` does with a file. */
export type OnnxAction = (context: OnnxContext) => Promise<CommandResult>;

/** @throws `usage/file` when there is no such file, what reading throws when it is no model */
export async function openModelFile(path: string, dim: readonly string[]): Promise<ModelFile> {
  const dims = Object.entries(assignments("--dim", dim)).map(([name, length]) => [name, wholeNumber("onnx", length)]);
  try {
    const [model, { size }] = await Promise.all([openFile(path), stat(path)]);
    return { path, bytes: size, model, dims: Object.fromEntries(dims) };
  } catch (cause) {
    if (!(cause instanceof AthanorError) || cause.code !== "onnx/missing-file") throw cause;
    const reason = (cause.cause as NodeJS.ErrnoException | undefined)?.code ?? "no file";
    throw new AthanorError("usage/file", `athanor onnx: expected a file that can be read, got ${path} (${reason})`, {
      fix: "Name an .onnx file.",
      cause,
    });
  }
}
