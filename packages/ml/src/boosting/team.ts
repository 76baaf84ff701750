/**
 * Threads that run the same program side by side and meet at barriers.
 *
 * What one writes, others may read after the next meeting, and it may be written anew after the one that follows.
 */
export class Team {
  readonly thread: number;
  readonly size: number;
  readonly #control: Int32Array;

  constructor(control: Int32Array, thread: number, size: number) {
    this.#control = control;
    this.thread = thread;
    this.size = size;
  }

  /** Waits until every thread is here. */
  meet(): void {
    if (this.size === 1) return;
    const control = this.#control;
    const round = Atomics.load(control, at.round);
    if (Atomics.add(control, at.arrived, 1) === this.size - 1) {
      Atomics.store(control, at.arrived, 0);
      Atomics.store(control, at.next, 0);
      Atomics.add(control, at.round, 1);
      Atomics.notify(control, at.round);
      return;
    }
    for (let turn = 0; turn < patience; turn++) if (Atomics.load(control, at.round) !== round) return;
    while (Atomics.load(control, at.round) === round) Atomics.wait(control, at.round, round);
  }

  /** Pieces of work from 0 on, each given to whichever thread asks first; meeting starts them anew. */
  *pieces(count: number): Generator<number> {
    if (this.size === 1) for (let piece = 0; piece < count; piece++) yield piece;
    else
      for (
        let piece = Atomics.add(this.#control, at.next, 1);
        piece < count;
        piece = Atomics.add(this.#control, at.next, 1)
      )
        yield piece;
  }

  /** This thread's part of a range; a short range is left to the first thread. */
  share(start: number, count: number, worth = 2048): { readonly start: number; readonly count: number } {
    if (count < worth) return { start, count: this.thread === 0 ? count : 0 };
    const from = Math.floor((count * this.thread) / this.size);
    const to = Math.floor((count * (this.thread + 1)) / this.size);
    return { start: start + from, count: to - from };
  }

  /** Whether to stop; the threads meet to look at the same moment, so that all stop or none. */
  agreeToStop(): boolean {
    if (this.thread === 0) Atomics.store(this.#control, at.stop, Atomics.load(this.#control, at.abort));
    this.meet();
    return Atomics.load(this.#control, at.stop) === 1;
  }
}

/** How often a thread looks before it goes to sleep: some tens of microseconds. */
const patience = 4000;
const at = { arrived: 0, round: 1, next: 2, abort: 3, stop: 4 } as const;

/** Asks a team to stop; its threads notice at the next round. */
export const abortTeam = (control: Int32Array): void => {
  Atomics.store(control, at.abort, 1);
};
