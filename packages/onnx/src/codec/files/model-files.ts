import type { ReadExternal } from "../read-context.ts";

export interface FileBeside {
  readonly name: string;
  readonly pieces: Iterable<Uint8Array>;
}

/** Where models are opened from; `node.ts` and `browser.ts` each export one, chosen by the conditions of package.json. */
export interface ModelFiles {
  /** @param largest bytes above which a file is not read */
  readWhole(path: string, largest: number): Promise<Uint8Array>;
  /** Reads the data that lies in files beside a model; absent where none can be read. */
  beside(path: string): ReadExternal | undefined;
  /** Writes a model and a file beside it; neither is seen before both are whole. */
  save(path: string, model: Uint8Array, beside?: FileBeside): Promise<void>;
}
