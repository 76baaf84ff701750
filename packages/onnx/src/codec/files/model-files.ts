import type { ReadExternal } from "../read-context.ts";

/** Where models are opened from; `node.ts` and `browser.ts` each export one, chosen by the conditions of package.json. */
export interface ModelFiles {
  readWhole(path: string): Promise<Uint8Array>;
  /** Reads the data that lies in files beside a model; absent where none can be read. */
  beside(path: string): ReadExternal | undefined;
}
