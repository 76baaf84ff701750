import type { PlainFeeds, Requests, ResidentBinding } from "../protocol.ts";
import type { Port } from "../session.ts";

/** Runs models, on the thread it is on; `node.ts` and `browser.ts` each export one, chosen by the conditions of package.json. */
export interface Engine {
  open(request: Requests["open"]["request"]): Promise<EngineSession>;
  /** Loads, in one piece, what `open` gave as `optimized`; left out where runs cannot be made without a turn of the event loop. */
  readonly openHere?: (optimized: Uint8Array, threads: number) => SessionHere;
}

/** A session whose runs end before the call returns. */
export interface SessionHere {
  run(feeds: PlainFeeds, outputs: readonly string[]): PlainFeeds;
  release(): void;
}

export interface EngineSession {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** What the runtime has made of the graph, if that was asked for and can be had. */
  readonly optimized?: Uint8Array | undefined;
  run(feeds: PlainFeeds, outputs: readonly string[]): Promise<PlainFeeds>;
  /** A run that reads some inputs from, and writes all outputs named to, memory that stays the same. */
  bind(states: PlainFeeds, results: PlainFeeds): (batch: PlainFeeds) => Promise<void>;
  /** Puts states on the device of a session that was opened with `resident` outputs. */
  keep(binding: ResidentBinding): Promise<KeptStates>;
  /** What the runtime has noted of the runs of a session that was opened to be traced. */
  endTrace(): Promise<string>;
  release(): Promise<void>;
}

/** States that stay on a device: what one step puts out is what the next takes. */
export interface KeptStates {
  /** Runs one step, and gives what it puts out beside the states. */
  step(feeds: PlainFeeds): Promise<PlainFeeds>;
  /** Copies of the states in the process's memory. */
  read(): Promise<PlainFeeds>;
  write(states: PlainFeeds): void;
  release(): Promise<void>;
}
