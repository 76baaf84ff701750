import { availableParallelism } from "node:os";
import { pauses } from "@athanor/core";
import type { FitWork } from "../define-classifier.ts";
import { type Matrix, takeSamples } from "../matrix.ts";
import { shareOut, workerScript } from "../threads/share-out.ts";
import { classPairs } from "./couple.ts";
import { type PairSeparation, type PairwiseTask, separatePair } from "./pairwise.ts";
import { SmoSpace } from "./smo-space.ts";
import { smallWork } from "./solve-aside.ts";
import type { SvcState } from "./svc-state.ts";

/** Separates each pair of classes, on threads where that is worth while. */
export async function oneAgainstOne(
  x: Matrix,
  y: Int32Array,
  settings: Omit<PairwiseTask, "x" | "rowsOf">,
  work: FitWork,
): Promise<SvcState> {
  const classes = settings.bounds.length;
  const rowsOf = Array.from({ length: classes }, (_, k) =>
    Int32Array.from({ length: y.length }, (_, row) => row).filter((row) => y[row] === k),
  );
  const pairs = classPairs(classes);
  const values = pairs.reduce((sum, [a, b]) => sum + (rowsOf[a]!.length + rowsOf[b]!.length) ** 2, 0) * x.shape[1]!;
  const task = { ...settings, x, rowsOf };
  const isSmall = work.threads === 1 || values < smallWork;
  const found = isSmall ? await inTurn(task, pairs.length, work) : await onThreads(task, pairs.length, work);
  return stateOf(task, found);
}

async function inTurn(task: PairwiseTask, count: number, work: FitWork): Promise<readonly PairSeparation[]> {
  const space = new SmoSpace();
  const pause = pauses(work);
  const found: PairSeparation[] = [];
  for (let pair = 0; pair < count; pair++) {
    found.push(separatePair(task, pair, space));
    work.onProgress?.({ stage: "separating", done: pair + 1, total: count, unit: "pairs" });
    await pause();
  }
  return found;
}

function onThreads(task: PairwiseTask, count: number, work: FitWork): Promise<readonly PairSeparation[]> {
  const shared = new Float32Array(new SharedArrayBuffer(task.x.data.byteLength));
  shared.set(task.x.data);
  const cacheBytes = task.cacheBytes / Math.min(count, availableParallelism());
  return shareOut(
    workerScript(import.meta.url, "pairwise-worker"),
    { ...task, x: { data: shared, shape: task.x.shape }, cacheBytes },
    { owner: "svc", stage: "separating", unit: "pairs", count },
    work,
  );
}

/** Vectors that any pair uses, class by class, with their coefficients against each other class. */
function stateOf({ x, rowsOf, similarity }: PairwiseTask, found: readonly PairSeparation[]): SvcState {
  const classes = rowsOf.length;
  const pairs = classPairs(classes);
  // Of each row of a class, its coefficients against the others, in their order.
  const against = rowsOf.map((rows) => new Float64Array((classes - 1) * rows.length));
  for (const [i, [a, b]] of pairs.entries()) {
    const { coefficients } = found[i]!;
    const size = rowsOf[a]!.length;
    against[a]!.set(coefficients.subarray(0, size), (b - 1) * size);
    against[b]!.set(coefficients.subarray(size), a * rowsOf[b]!.length);
  }
  const used = rowsOf.map((rows, k) =>
    Array.from(rows.keys()).filter((i) =>
      Array.from({ length: classes - 1 }, (_, other) => against[k]![other * rows.length + i]).some(Boolean),
    ),
  );
  const vectors = takeSamples(
    x,
    used.flatMap((places, k) => places.map((i) => rowsOf[k]![i]!)),
  );
  return {
    vectors: vectors.data,
    perClass: Int32Array.from(used, (places) => places.length),
    coefficients: Float64Array.from(
      Array.from({ length: classes - 1 }, (_, other) =>
        used.flatMap((places, k) => places.map((i) => against[k]![other * rowsOf[k]!.length + i]!)),
      ).flat(),
    ),
    intercepts: Float64Array.from(found, ({ intercept }) => intercept),
    similarity,
    sigmoids: found.flatMap(({ sigmoid }) => sigmoid ?? []),
  };
}
