import { canShareMemory } from "@athanor/core";
import type { UpdatePlan } from "./shared-update.ts";

/** As large as a page is at least. */
const pageBytes = 4096;

/**
 * Makes the system find memory for parameters while another thread writes them: that takes most of the time. It goes from the
 * last to the first, towards the one that writes, and changes nothing.
 */
export function touchPages({ groups }: UpdatePlan): void {
  if (!canShareMemory) return;
  for (const { memory, update, end } of groups.toReversed()) {
    if (update === undefined) continue;
    const words = new Int32Array(memory.buffer, 0, end / Int32Array.BYTES_PER_ELEMENT);
    const step = pageBytes / Int32Array.BYTES_PER_ELEMENT;
    for (let at = words.length - 1; at >= 0; at -= step) Atomics.or(words, at, 0);
  }
}
