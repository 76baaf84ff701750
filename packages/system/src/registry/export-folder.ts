import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AthanorError } from "@athanor/core";
import { readModel } from "@athanor/onnx";
import { taskNamed } from "../task/task-named.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { findModel } from "./registry.ts";

/**
 * Writes a registered model as a folder that transformers.js opens: as `onnx/model.onnx`, its configuration and what prepares its
 * inputs beside it.
 *
 * @throws `export/folder` for a task that transformers.js does not have
 */
export async function exportFolder(
  workspace: Workspace,
  task: string,
  folder: string,
  version?: number,
): Promise<{ version: number; files: readonly string[] }> {
  const model = await findModel(workspace, task, version);
  const { files: filesOf } = taskNamed(model.card.task);
  if (filesOf === undefined) {
    throw new AthanorError(
      "export/folder",
      `Export: expected a task that transformers.js has too, got ${task}, which is ${model.card.task}`,
      { fix: `Write athanor export model ${task}: any ONNX runtime reads that file.`, details: { task } },
    );
  }
  const bytes = await workspace.objects.get(model.object);
  const files = { "onnx/model.onnx": bytes, ...filesOf(model.card, readModel(bytes)) };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return { version: model.version, files: Object.keys(files) };
}
