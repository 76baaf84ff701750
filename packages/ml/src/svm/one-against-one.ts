import { availableParallelism } from "node:os";
import type { FitWork } from "../define-classifier.ts";
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
  { classes, ...settings }: Omit<PairwiseTask, "x" | "rowsOf" | "pairs"> & { readonly classes: number },
  work: FitWork,
): Promise<SvcState> {
  const rowsOf = rowsByClass(y, classes);
  const pairs = classPairs(classes);
  const values = pairs.reduce((sum, [a, b]) => sum + (rowsOf[a]!.length + rowsOf[b]!.length) ** 2, 0) * x.shape[1]!;
  const task = { ...settings, x, rowsOf, pairs };
  const pieces = { owner: "svc", stage: "separating", unit: "pairs", count: pairs.length };
  if (work.threads === 1 || values < smallWork) {
    const space = new SmoSpace();
    return stateOf(task, await inTurn((pair) => separatePair(task, pair, space), pieces, work));
  }
  const shared = new Float32Array(new SharedArrayBuffer(x.data.byteLength));
  shared.set(x.data);
  const found = await shareOut<PairwiseTask, PairSeparation>(
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
function stateOf({ x, rowsOf, pairs, similarity }: PairwiseTask, found: readonly PairSeparation[]): SvcState {
  const classes = rowsOf.length;
  // Of each row of a class, its coefficients against the others, in their order.
  const against = rowsOf.map((rows) => new Float64Array((classes - 1) * rows.length));
  for (const [i, [a, b]] of pairs.entries()) {
    const { coefficients } = found[i]!;
    const size = rowsOf[a]!.length;
    against[a]!.set(coefficients.subarray(0, size), (b - 1) * size);
    against[b]!.set(coefficients.subarray(size), a * rowsOf[b]!.length);
  }
  const used = rowsOf.map(({ length }, k) => {
    const isUsed = new Uint8Array(length);
    for (const [i, value] of against[k]!.entries()) if (value !== 0) isUsed[i % length] = 1;
    return Array.from(isUsed.keys()).filter((i) => isUsed[i]);
  });
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

function rowsByClass(y: Int32Array, classes: number): readonly Int32Array[] {
  const counts = new Int32Array(classes);
  for (let row = 0; row < y.length; row++) counts[y[row]!]!++;
  const rowsOf = Array.from(counts, (count) => new Int32Array(count));
  const next = new Int32Array(classes);
  for (let row = 0; row < y.length; row++) rowsOf[y[row]!]![next[y[row]!]!++] = row;
  return rowsOf;
}
