import type { Model } from "../model.ts";

/** The bytes that a part of a model was read from. */
export interface Source {
  readonly bytes: Uint8Array;
  /** Name inside the bytes, for parts that a model holds under a name: the bytes fit no other. */
  readonly name: string;
  /** Whether data of the part lies in other files. */
  readonly isExternal: boolean;
}

const sources = new WeakMap<object, Source>();

/**
 * Remembers what a part was read from.
 *
 * A model is never changed in place: a part that is still the same object is written as the bytes it came from, with
 * every field that this package does not know and in the file's own order.
 */
export function remember<T extends object>(part: T, source: Source): T {
  sources.set(part, source);
  return part;
}

/** The bytes that a model was read from, to be read only; `undefined` when it was changed, built, or lies in several files. */
export function sourceBytes(model: Model): Uint8Array | undefined {
  const source = sources.get(model);
  return source?.isExternal ? undefined : source?.bytes;
}

export const sourceOf = (part: object): Source | undefined => sources.get(part);
