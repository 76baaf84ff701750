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
