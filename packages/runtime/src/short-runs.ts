import type { EngineSession } from "./engine/engine.ts";
import { machineCores } from "./machine-cores.ts";
import type { PlainFeeds, Requests } from "./protocol.ts";

/** Milliseconds that a run may take to be called short; crossing to another thread and back costs less than a tenth. */
const shortRun = 3;
/** Milliseconds that the caller's thread may have been busy with a run that was expected to be short. */
const longRun = 6;
/** Runs that have to be short before a model is trusted to stay so; each disappointment doubles them. */
const trials = 3;

/** The caller's thread, as one who takes cores. */
const here = {};

/**
 * Runs of a model that is loaded a second time, on the caller's own thread, once they have shown to be so short that the event
 * loop does not notice them. One that takes longer than promised is the last one there for a while.
 */
export class ShortRuns {
  readonly #threads: number;
  #load: (() => Promise<EngineSession | undefined>) | undefined;
  #quick = 0;
  #trials = trials;
  #largestFeeds = 0;
  #session: EngineSession | undefined;
  #isClosed = false;

  /** `load` is called once at most; without it, or where it gives nothing, the model is not run here. */
  constructor(threads: number, load?: () => Promise<EngineSession | undefined>) {
    this.#threads = threads;
    this.#load = load;
  }

  /** A run on this thread; `undefined` where the other one has to do it, which also knows how to report what goes wrong. */
  async run(feeds: PlainFeeds, outputs: readonly string[]): Promise<Requests["run"]["reply"] | undefined> {
    if (this.#session === undefined || this.#quick < this.#trials || bytesOf(feeds) > this.#largestFeeds)
      return undefined;
    // Runs that are asked for together would follow one another without a turn of the event loop.
    if (!machineCores.takeAtOnce(here, this.#threads)) return undefined;
    const begin = performance.now();
    try {
      const results = await this.#session.run(feeds, outputs);
      return { results, milliseconds: performance.now() - begin };
    } catch {
      return undefined;
    } finally {
      machineCores.give(here);
    }
  }

  /** Takes note of a run, wherever it happened. */
  note(feeds: PlainFeeds, milliseconds: number): void {
    const isTrusted = this.#quick >= this.#trials;
    if (milliseconds > (isTrusted ? longRun : shortRun)) {
      if (isTrusted) this.#trials *= 2;
      this.#quick = 0;
      return;
    }
    this.#quick += 1;
    this.#largestFeeds = Math.max(this.#largestFeeds, bytesOf(feeds));
    if (this.#quick >= this.#trials) void this.#open();
  }

  async #open(): Promise<void> {
    const load = this.#load;
    this.#load = undefined;
    const session = await load?.().catch(() => undefined);
    if (session === undefined) return;
    if (this.#isClosed) await session.release();
    else this.#session = session;
  }

  async release(): Promise<void> {
    this.#isClosed = true;
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }
}

const bytesOf = (feeds: PlainFeeds): number =>
  Object.values(feeds).reduce((sum, { data }) => sum + ((data as Partial<ArrayBufferView>).byteLength ?? Infinity), 0);
