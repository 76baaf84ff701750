interface Waiting {
  readonly worker: object;
  readonly threads: number;
  readonly start: () => void;
}

/**
 * Shares a machine's cores between workers, so that models which run at once have no more threads than there are cores.
 *
 * A worker that has cores may start more work with them, until another one waits: then each has its turn.
 */
export class Cores {
  readonly #count: number;
  readonly #busy = new Map<object, { readonly threads: number; runs: number }>();
  readonly #waiting: Waiting[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** Calls `start` when there are cores for it, which may be at once; `give` says that it has ended. */
  take(worker: object, threads: number, start: () => void): void {
    this.#waiting.push({ worker, threads: Math.min(threads, this.#count), start });
    this.#startWaiting();
  }

  /** Takes cores only if they are free at once and the worker has none yet. */
  takeAtOnce(worker: object, threads: number): boolean {
    const wanted = Math.min(threads, this.#count);
    if (this.#waiting.length > 0 || this.#busy.has(worker) || this.#taken() + wanted > this.#count) return false;
    this.#busy.set(worker, { threads: wanted, runs: 1 });
    return true;
  }

  give(worker: object): void {
    const busy = this.#busy.get(worker)!;
    busy.runs -= 1;
    if (busy.runs === 0) this.#busy.delete(worker);
    this.#startWaiting();
  }

  #taken(): number {
    return [...this.#busy.values()].reduce((sum, { threads }) => sum + threads, 0);
  }

  #startWaiting(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const busy = this.#busy.get(next.worker);
      if (busy && next.threads <= busy.threads) busy.runs += 1;
      else if (!busy && this.#taken() + next.threads <= this.#count)
        this.#busy.set(next.worker, { threads: next.threads, runs: 1 });
      else return;
      this.#waiting.shift();
      next.start();
    }
  }
}
