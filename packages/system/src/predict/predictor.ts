import type { LongWork } from "@athanor/core";
import { findModel, type ModelVersion } from "../registry/registry.ts";
import type { Model, Row } from "../task/define-task.ts";
import { openModel } from "../task/open-model.ts";
import { taskNamed } from "../task/task-named.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { predictRows } from "./predict-rows.ts";

/** A registered model, loaded: what the library, the command line and the server all predict with. */
export interface Predictor extends AsyncDisposable {
  readonly model: ModelVersion;
  readonly session: Model["session"];
  predict(rows: readonly Row[], work?: LongWork): Promise<readonly Row[]>;
}

/**
 * Loads a task's champion, or a version by number.
 *
 * @throws `registry/unknown-task`, `registry/unknown-version`
 */
export async function openPredictor(workspace: Workspace, task: string, version?: number): Promise<Predictor> {
  const model = await findModel(workspace, task, version);
  const loaded = await openModel(await workspace.objects.get(model.object), model.card);
  const { session } = loaded;
  return {
    model,
    session,
    predict: (rows, work = {}) => {
      const special = taskNamed(model.card.task).predict;
      return special ? special(loaded, rows, work) : predictRows(loaded, rows, work);
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
