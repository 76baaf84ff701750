import type { SessionHere } from "./engine/engine.ts";
import { loopTurn } from "./loop-turn.ts";
import { machineCores } from "./machine-cores.ts";
import type { PlainFeeds, Requests } from "./protocol.ts";

/** Milliseconds that a run may take to be called short; crossing to another thread and back costs a thirtieth of one that takes longer. */
const shortRun = 7;
/** Milliseconds that the caller's thread may have been busy with a run that was expected to be short. */
const longRun = 10;
/** Runs that have to be short before a model is trusted to stay so; each disappointment doubles them. */
const trials = 3;
/** How often a run that took long is repeated in the worker to see whether the machine was busy or the model is slow. */
const repeats = 2;

type Reply = Requests["run"]["reply"];

/** The caller's thread, as one who takes cores. */
const here = {};

/**
 * Runs of a model that is loaded a second time, on the caller's own thread, once they have shown to be so short that the event
 * loop does not notice them. One that takes longer than promised is the last one there for a while, if it does so again.
 */
export class ShortRuns {
  readonly #threads: number;
  #load: (() => Promise<SessionHere | undefined>) | undefined;
  #quick = 0;
  #isInDoubt = false;
  /** Milliseconds of the run before. */
  #lately = 0;
  #trials = trials;
  #largestFeeds = 0;
  #session: SessionHere | undefined;
  #isClosed = false;
  /** The last run that has waited for a turn of the event loop. */
  #waiting: Promise<unknown> | undefined;

  /** `load` is called once at most; without it, or where it gives nothing, the model is not run here. */
  constructor(threads: number, load?: () => Promise<SessionHere | undefined>) {
    this.#threads = threads;
    this.#load = load;
  }

  /**
   * A run on this thread, at once if the event loop need not have its turn before; `undefined` where the other one has to do it,
   * which also knows how to report what goes wrong.
   */
  run(feeds: PlainFeeds, outputs: readonly string[]): Reply | undefined | Promise<Reply | undefined> {
    if (this.#session === undefined || this.#quick < this.#trials || bytesOf(feeds) > this.#largestFeeds)
      return undefined;
    const turn = loopTurn(this.#lately);
    if (typeof turn === "boolean") return turn ? this.#runNow(feeds, outputs) : undefined;
    const waiting = turn.then(() => this.#runNow(feeds, outputs));
    this.#waiting = waiting;
    return waiting;
  }

  #runNow(feeds: PlainFeeds, outputs: readonly string[]): Reply | undefined {
    const session = this.#session;
    if (session === undefined || !machineCores.takeAtOnce(here, this.#threads)) return undefined;
    const begin = performance.now();
    try {
      const results = session.run(feeds, outputs);
      return { results, milliseconds: performance.now() - begin };
    } catch {
      return undefined;
    } finally {
      machineCores.give(here);
    }
  }

  /** Takes note of a run, wherever it happened; `repeat` does it again in the worker. */
  note(feeds: PlainFeeds, milliseconds: number, repeat: () => Promise<{ readonly milliseconds: number }>): void {
    if (this.#isInDoubt) return;
    const isTrusted = this.#quick >= this.#trials;
    if (milliseconds > (isTrusted ? longRun : shortRun)) {
      this.#quick = 0;
      if (isTrusted) void this.#doubt(repeat);
      return;
    }
    this.#quick += 1;
    this.#lately = milliseconds;
    this.#largestFeeds = Math.max(this.#largestFeeds, bytesOf(feeds));
    if (this.#quick >= this.#trials) void this.#open();
  }

  async #doubt(repeat: () => Promise<{ readonly milliseconds: number }>): Promise<void> {
    this.#isInDoubt = true;
    let least = Infinity;
    for (let i = 0; i < repeats && least > shortRun; i++) {
      const again = await repeat().catch(() => undefined);
      least = Math.min(least, again?.milliseconds ?? Infinity);
    }
    if (least > shortRun) this.#trials *= 2;
    else this.#quick = this.#trials;
    this.#isInDoubt = false;
  }

  async #open(): Promise<void> {
    const load = this.#load;
    this.#load = undefined;
    const session = await load?.().catch(() => undefined);
    if (session === undefined) return;
    if (this.#isClosed) session.release();
    else this.#session = session;
  }

  async release(): Promise<void> {
    await this.#waiting;
    this.#isClosed = true;
    this.#session?.release();
    this.#session = undefined;
  }
}

const bytesOf = (feeds: PlainFeeds): number =>
  Object.values(feeds).reduce((sum, { data }) => sum + ((data as Partial<ArrayBufferView>).byteLength ?? Infinity), 0);
