import type { FitWork } from "../define-classifier.ts";
import { shareOut, workerScript } from "../threads/share-out.ts";
import type { SmoProblem } from "./smo-points.ts";
import { SmoSpace } from "./smo-space.ts";
import { type SmoSolution, type SmoStop, solveSmo } from "./solve-smo.ts";

export interface SmoTask {
  readonly problem: SmoProblem;
  readonly stop: SmoStop;
}

/** Values to compare below which a worker takes longer to start than the whole work. */
export const smallWork = 5e8;

/** Solves a large problem on a thread of its own, so that the event loop stays free, and a small one here. */
export async function solveAside(problem: SmoProblem, stop: SmoStop, work: FitWork): Promise<SmoSolution> {
  work.signal?.throwIfAborted();
  if (work.threads === 1 || problem.rows.length ** 2 * problem.features < smallWork)
    return solveSmo(new SmoSpace(), problem, stop);
  const pieces = { owner: "svm", stage: "solving", unit: "problems", count: 1 };
  const [solution] = await shareOut<SmoTask, SmoSolution>(
    workerScript(import.meta.url, "smo-worker"),
    { problem, stop } satisfies SmoTask,
    pieces,
    work,
  );
  return solution!;
}
