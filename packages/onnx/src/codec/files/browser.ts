import type { ModelFiles } from "./model-files.ts";

/** Models by address; data in other files would have to be fetched before it is known what is asked for. */
export const files: ModelFiles = {
  async readWhole(path) {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  },
  beside: () => undefined,
  save: () => Promise.reject(new Error("a browser has no folder to write to")),
};
