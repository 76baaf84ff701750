/** Bytes by key that outlive the process; what cannot be read is simply not there. */
export interface GraphCache {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keeps bytes if it can: without them there is only more to compute. */
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** Opens caches; `node.ts` and `browser.ts` each export one, chosen by the conditions of package.json. */
export interface Caches {
  /** What graphs depend on beside what they are built of: versions of the packages, and the processor. */
  readonly platform: readonly string[];
  open(folder: string, options?: { readonly maxBytes?: number }): GraphCache;
}
