/** Starts each piece of work before the result of the one before is looked at, so that whoever computes never waits. */
export async function runAhead<T>(
  count: number,
  start: (i: number) => Promise<T>,
  receive: (result: T, i: number) => void,
): Promise<void> {
  const started: Promise<T>[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const next = start(i);
      // It may fail while the one before is waited for; its turn to be waited for comes.
      next.catch(() => undefined);
      started.push(next);
      if (i > 0) receive(await started.shift()!, i - 1);
    }
    if (count > 0) receive(await started.shift()!, count - 1);
  } finally {
    await Promise.allSettled(started);
  }
}
