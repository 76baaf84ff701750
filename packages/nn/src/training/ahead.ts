/** Begins work of the next few places whenever one is asked for, so that it is done by the time its turn comes. */
export function ahead<T>(
  count: number,
  make: (i: number) => Promise<T>,
  depth = 2,
): { next(): Promise<T>; settled(): Promise<unknown> } {
  const begun: Promise<T>[] = [];
  let started = 0;
  return {
    next() {
      while (started < count && begun.length <= depth) {
        const made = make(started++);
        // It may fail before anybody waits for it; whoever does hears of it.
        made.catch(() => undefined);
        begun.push(made);
      }
      return begun.shift()!;
    },
    settled: () => Promise.allSettled(begun),
  };
}
