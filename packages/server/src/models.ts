import { findModel, listModels, openPredictor, type Predictor, type Workspace } from "@athanor/system";

/** Loaded models, one a task and version; a new champion is picked up at the next request. */
export interface Models extends AsyncDisposable {
  tasks(): Promise<readonly string[]>;
  get(task: string, version?: number): Promise<Predictor>;
}

export function openModels(workspace: Workspace): Models {
  const loaded = new Map<string, Promise<Predictor>>();
  return {
    tasks: async () => [...new Set((await listModels(workspace)).map(({ task }) => task))],
    async get(task, wanted) {
      const { version } = await findModel(workspace, task, wanted);
      const name = `${task}@${version}`;
      let predictor = loaded.get(name);
      if (predictor === undefined) {
        predictor = openPredictor(workspace, task, version);
        loaded.set(name, predictor);
        predictor.catch(() => loaded.delete(name));
      }
      return predictor;
    },
    async [Symbol.asyncDispose]() {
      for (const predictor of await Promise.allSettled(loaded.values())) {
        if (predictor.status === "fulfilled") await predictor.value[Symbol.asyncDispose]();
      }
    },
  };
}
