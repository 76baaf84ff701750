import type { Transferable } from "node:worker_threads";
import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Share } from "./share-out.ts";

/** What a worker of `shareOut` runs: takes the next number until there is none, and sends back what the prepared work makes of it. */
export function answerPieces<T, R>(
  prepare: (task: T) => (piece: number) => R,
  /** Memory that is handed over with a result instead of copied. */
  handedOver: (result: R) => Transferable[] = () => [],
): void {
  const { task, next, count } = workerData as Share<T>;
  const work = prepare(task);
  for (let piece = Atomics.add(next, 0, 1); piece < count; piece = Atomics.add(next, 0, 1)) {
    const result = work(piece);
    parentPort!.postMessage({ piece, result } satisfies Answer<R>, handedOver(result));
  }
}
