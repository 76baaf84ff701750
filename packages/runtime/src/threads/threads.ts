/** A file that a thread runs. */
export type Script = "session-worker" | "update-worker";

/** What the one who started a thread hears of it. */
export interface ThreadEvents {
  message(message: unknown): void;
  end(cause: unknown): void;
}

/** A thread, seen by the one who started it. */
export interface Thread {
  post(message: unknown): void;
  /** Keeps the process alive. */
  ref(): void;
  /** Lets the process end. */
  unref(): void;
  terminate(): Promise<void>;
}

/** Threads of the platform; `node.ts` and `browser.ts` each export them, chosen by the conditions of package.json. */
export interface Threads {
  /** How many run at once. */
  available(): number;
  /** Whether the caller's own thread can run a model beside them. */
  readonly canRunHere: boolean;
  /**
   * Starts a thread that does not keep the process alive. One that shares memory runs on the caller's own thread where no two
   * threads can share any.
   */
  start(script: Script, events: ThreadEvents, options: { readonly sharesMemory: boolean }): Thread;
}
