import { turns, yieldToEventLoop } from "./long-work.ts";

/** Synchronous work that can be interrupted wherever it yields. */
export type Slices<T> = Generator<void, T>;

/** Does work without a pause. */
export function atOnce<T>(work: Slices<T>): T {
  let slice = work.next();
  while (!slice.done) slice = work.next();
  return slice.value;
}

/** Does work with pauses in which timers and input have their turn. */
export async function inSlices<T>(work: Slices<T>, signal?: AbortSignal): Promise<T> {
  const { isDue } = turns();
  let slice = work.next();
  while (!slice.done) {
    if (isDue()) await yieldToEventLoop(signal);
    slice = work.next();
  }
  return slice.value;
}
