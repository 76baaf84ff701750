import { platform } from "#platform";

/** A report from work under way. */
export interface Progress {
  /** What is being done, as a short phrase: `reading ratings`, `epoch 3`. */
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  /** What is counted: `rows`, `trees`, `steps`. */
  readonly unit?: string;
  /** Figures worth watching, such as the loss. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** What every long operation takes; cancelling rejects with the signal's reason, which is not an error of ours. */
export interface LongWork {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** True for the rejection of cancelled work. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");

/** When the event loop last had its turn, as far as is known: pieces of work that follow each other share the time between two. */
let lastTurn = Number.NEGATIVE_INFINITY;

/** Milliseconds for which timers and input wait at most, as long as work is cut small enough. */
const longestWait = 4;

/** Milliseconds after which work is taken to begin in a turn of its own, so that short work need not pause at all. */
const forgottenAfter = 5 * longestWait;

/** Lets timers and input run; call it between slices of long synchronous work. */
export const yieldToEventLoop = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    platform.soon(() => {
      lastTurn = performance.now();
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    });
  });

/** Says, for work that begins now, when timers and input have waited for some milliseconds. */
export function turns(): { isDue(): boolean } {
  const begin = performance.now();
  if (begin - lastTurn > forgottenAfter) lastTurn = begin;
  return { isDue: () => performance.now() - lastTurn >= longestWait };
}

/** Pauses long work where it may be interrupted, if timers and input have waited for some milliseconds. */
export function pauses({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
  const { isDue } = turns();
  return async (): Promise<void> => {
    if (isDue()) await yieldToEventLoop(signal);
  };
}
