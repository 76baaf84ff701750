import { Random } from "@athanor/core";
import { type Matrix, takeSamples } from "../matrix.ts";
import { compareSamples } from "./compare-samples.ts";
import { fitSigmoid, type Sigmoid } from "./platt.ts";
import type { Similarity } from "./similarity.ts";
import type { SmoSpace } from "./smo-space.ts";
import { type SmoStop, solveSmo } from "./solve-smo.ts";

/** All that separating one pair of classes takes. */
export interface PairwiseTask extends SmoStop {
  readonly x: Pick<Matrix, "data" | "shape">;
  /** By class: its rows. */
  readonly rowsOf: readonly Int32Array[];
  readonly pairs: readonly (readonly [number, number])[];
  /** By row: what its coefficient is bounded by. */
  readonly bounds: Float64Array;
  readonly similarity: Similarity;
  readonly cacheBytes: number;
  readonly hasProbabilities: boolean;
  readonly key: Random["state"];
}

/** What separates two classes: a value above zero speaks for the first. */
export interface PairSeparation {
  /** By row of the first class, then of the second. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  readonly sigmoid: Sigmoid | undefined;
}

const folds = 5;

/** Separates the classes of a numbered pair. */
export function separatePair(task: PairwiseTask, pair: number, space: SmoSpace): PairSeparation {
  const { rowsOf, pairs, hasProbabilities, key } = task;
  const classes = pairs[pair]!;
  const sides = classes.map((k) => rowsOf[k]!) as [Int32Array, Int32Array];
  const { coefficients, intercept } = separate(task, sides, space);
  const random = Random.resume(key).split(pair);
  return {
    coefficients,
    intercept,
    sigmoid: hasProbabilities ? calibrate(task, sides, random, space) : undefined,
  };
}

type Sides = readonly [Int32Array, Int32Array];

function separate(task: PairwiseTask, [first, second]: Sides, space: SmoSpace) {
  const rows = new Int32Array(first.length + second.length);
  rows.set(first);
  rows.set(second, first.length);
  const bounds = Float64Array.from(rows, (row) => task.bounds[row]!);
  const problem = {
    ...task,
    data: task.x.data,
    features: task.x.shape[1]!,
    rows,
    margin: 0,
    targets: new Float64Array(rows.length).fill(1).fill(-1, first.length),
    lower: bounds.map((bound, i) => (i < first.length ? 0 : -bound)),
    upper: bounds.map((bound, i) => (i < first.length ? bound : 0)),
  };
  return { rows, ...solveSmo(space, problem, task) };
}

/** Fits a sigmoid to the values that rows get from separations they took no part in. */
function calibrate(task: PairwiseTask, sides: Sides, random: Random, space: SmoSpace): Sigmoid {
  const { x, similarity } = task;
  const places = sides.map((rows) => random.permutation(rows.length));
  const [values, isFirst]: [number[], number[]] = [[], []];
  for (let fold = 0; fold < folds; fold++) {
    const part = (isHeld: boolean) =>
      sides.map((rows, k) => rows.filter((_, i) => (places[k]![i]! % folds === fold) === isHeld)) as [
        Int32Array,
        Int32Array,
      ];
    const [held, kept] = [part(true), part(false)];
    isFirst.push(...Array.from(held[0], () => 1), ...Array.from(held[1], () => 0));
    const rows = Int32Array.of(...held[0], ...held[1]);
    if (kept[0].length === 0 || kept[1].length === 0) {
      values.push(...Array.from(rows, () => Number(kept[1].length === 0) - Number(kept[0].length === 0)));
      continue;
    }
    const { rows: points, coefficients, intercept } = separate(task, kept, space);
    const used = points.filter((_, i) => coefficients[i] !== 0);
    const weights = coefficients.filter((value) => value !== 0);
    compareSamples(takeSamples(x, rows), takeSamples(x, used).data, similarity, (_, likeness) => {
      values.push(weights.reduce((sum, weight, i) => sum + weight * likeness[i]!, intercept));
    });
  }
  return fitSigmoid(Float64Array.from(values), isFirst);
}
