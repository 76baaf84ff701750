import { type LongWork, pauses } from "@athanor/core";
import type { Pieces } from "./share-out.ts";

/** Does numbered pieces of work here, one after another, where workers would take longer to start than the work itself. */
export async function inTurn<R>(
  work: (piece: number) => R,
  { stage, unit, count }: Pieces,
  { signal, onProgress }: LongWork = {},
): Promise<readonly R[]> {
  signal?.throwIfAborted();
  const pause = pauses({ signal });
  const results: R[] = [];
  for (let piece = 0; piece < count; piece++) {
    results.push(work(piece));
    onProgress?.({ stage, done: piece + 1, total: count, unit });
    await pause();
  }
  return results;
}
