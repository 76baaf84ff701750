import type { EngineSession } from "./engine/engine.ts";
import type { PlainFeeds, Requests } from "./protocol.ts";

/** Milliseconds that a run may take to be called short; crossing to another thread and back costs some 0.2. */
const shortRun = 1;
/** Milliseconds that loading may take, for it happens on the caller's thread too. */
const shortOpening = 20;
/** Runs that have to be short before a model is trusted to stay so. */
const trials = 3;
const largestModel = 2 ** 25;

type OpenRequest = Requests["open"]["request"];

/**
 * Loads a model a second time, on the caller's own thread, once its runs have shown to be so short that the event loop does
 * not notice them. A run that takes longer than promised is the last one there.
 */
export class ShortRuns {
  #request: OpenRequest | undefined;
  #quick = 0;
  #largestFeeds = 0;
  #opening: Promise<void> | undefined;
  #session: EngineSession | undefined;

  constructor(request: OpenRequest, openingMilliseconds: number, isPossible: boolean) {
    const isSmall = request.bytes.length <= largestModel && openingMilliseconds < shortOpening;
    if (isPossible && isSmall) this.#request = request;
  }

  /** A run on this thread; `undefined` where the other one has to do it, which also knows how to report what goes wrong. */
  async run(feeds: PlainFeeds, outputs: readonly string[]): Promise<Requests["run"]["reply"] | undefined> {
    if (this.#session === undefined || bytesOf(feeds) > this.#largestFeeds) return undefined;
    const begin = performance.now();
    const results = await this.#session.run(feeds, outputs).catch(() => undefined);
    return results && { results, milliseconds: performance.now() - begin };
  }

  /** Takes note of a run, wherever it happened. */
  note(feeds: PlainFeeds, milliseconds: number): void {
    if (this.#request === undefined) return;
    if (milliseconds > (this.#session ? 4 : 1) * shortRun) {
      if (this.#session) void this.release();
      this.#quick = 0;
      return;
    }
    this.#largestFeeds = Math.max(this.#largestFeeds, bytesOf(feeds));
    if (++this.#quick >= trials) this.#opening ??= this.#open(this.#request);
  }

  async #open(request: OpenRequest): Promise<void> {
    const { engine } = await import("#engine");
    const session = await engine.open({ ...request, keepsDenormals: true });
    if (this.#request) this.#session = session;
    else await session.release();
  }

  async release(): Promise<void> {
    this.#request = undefined;
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }
}

const bytesOf = (feeds: PlainFeeds): number =>
  Object.values(feeds).reduce((sum, { data }) => sum + ((data as Partial<ArrayBufferView>).byteLength ?? Infinity), 0);
