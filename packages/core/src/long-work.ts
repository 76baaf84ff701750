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

/** Lets timers and input run; call it between slices of long synchronous work. */
export const yieldToEventLoop = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    platform.soon(() => {
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    });
  });

/** Pauses long work where it may be interrupted, if timers and input have waited for some milliseconds. */
export function pauses({ signal, everyMs = 4 }: { signal?: AbortSignal | undefined; everyMs?: number } = {}) {
  let since = performance.now();
  return async (): Promise<void> => {
    if (performance.now() - since < everyMs) return;
    await yieldToEventLoop(signal);
    since = performance.now();
  };
}
