import type { Caches } from "./graph-cache.ts";

/** A page has no folders: graphs are compiled anew. */
export const caches: Caches = {
  platform: [],
  open: () => ({ read: async () => undefined, write: async () => {} }),
};
