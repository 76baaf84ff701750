import { availableParallelism } from "node:os";
import type { LongWork } from "@athanor/core";
import { type Matrix, takeSamples } from "../matrix.ts";
import { inTurn } from "../threads/in-turn.ts";
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
  work: LongWork,
): Promise<SvcState> {
  const classes = settings.bounds.length;
  const rowsOf = Array.from({ length: classes }, (_, k) =>
    Int32Array.from({ length: y.length }, (_, row) => row).filter((row) => y[row] === k),
  );
  const pairs = classPairs(classes);
  const values = pairs.reduce((sum, [a, b]) => sum + (rowsOf[a]!.length + rowsOf[b]!.length) ** 2, 0) * x.shape[1]!;
  const task = { ...settings, x, rowsOf };
  const pieces = { owner: "svc", stage: "separating", unit: "pairs", count: pairs.length };
  if (values < smallWork) {
    const space = new SmoSpace();
    return stateOf(task, await inTurn((pair) => separatePair(task, pair, space), pieces, work));
  }
  const shared = new Float32Array(new SharedArrayBuffer(x.data.byteLength));
  shared.set(x.data);
  const found = await shareOut<PairSeparation>(
    workerScript(import.meta.url, "pairwise-worker"),
    {
      ...task,
      x: { data: shared, shape: x.shape },
      cacheBytes: task.cacheBytes / Math.min(pairs.length, availableParallelism()),
    },
    pieces,
    work,
  );
  return stateOf(task, found);
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
