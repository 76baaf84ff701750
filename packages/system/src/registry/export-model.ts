import { writeFile } from "node:fs/promises";
import type { Workspace } from "../workspace/workspace.ts";
import { findModel } from "./registry.ts";

/** Copies a registered model's file to a path. */
export async function exportModel(
  workspace: Workspace,
  task: string,
  path: string,
  version?: number,
): Promise<{ version: number; bytes: number }> {
  const model = await findModel(workspace, task, version);
  const bytes = await workspace.objects.get(model.object);
  await writeFile(path, bytes);
  return { version: model.version, bytes: bytes.length };
}
