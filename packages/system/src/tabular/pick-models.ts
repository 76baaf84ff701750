import type { LongWork } from "@athanor/core";
import {
  blend,
  candidateAt,
  crossValPredict,
  estimatorOf,
  gridSearch,
  halvingSearch,
  type Journal,
  type Matrix,
  mixtureWeights,
  type Recipe,
  type Scorer,
  type SearchSpace,
  type Split,
  type Trial,
} from "@athanor/ml";

/** A model that takes part, and how much it counts. */
export interface Member {
  readonly family: string;
  readonly recipe: Recipe;
  readonly weight: number;
}

export interface Picked {
  readonly members: readonly Member[];
  /** What the members together predict of rows that they have not seen. */
  unseen(): Promise<Float64Array>;
  readonly trials: readonly Trial[];
}

interface PickOptions extends LongWork {
  readonly seed: number;
  readonly splits: readonly Split[];
  /** The first ranks candidates. */
  readonly scoring: readonly Scorer[];
  /** Decides how much each of the best counts; as parts of a mixture where probabilities have to be right. */
  readonly weighing: Scorer | "mixture";
  /** Candidates to draw; none measures each family once, as it is. */
  readonly candidates: number;
  readonly maxSeconds: number | undefined;
  /** Models at most that vote together. */
  readonly ensemble: number;
  readonly labels: readonly string[];
  readonly journal?: Journal;
}

/** Searches a space, then weighs the best candidates by what they predicted of rows that they had not seen. */
export async function pickModels(
  space: SearchSpace,
  x: Matrix,
  target: readonly string[] | Float64Array,
  { candidates, ensemble, labels, weighing, ...options }: PickOptions,
): Promise<Picked> {
  const unseenBy = (recipe: Recipe) =>
    crossValPredict(estimatorOf(recipe), x, target, { splits: options.splits, signal: options.signal });
  const [family, ...others] = Object.keys(space);
  if (candidates === 0 && others.length === 0) {
    const { recipe } = candidateAt(space, family!, [], options.seed);
    return { members: [{ family: family!, recipe, weight: 1 }], unseen: () => unseenBy(recipe), trials: [] };
  }
  const keepsPredictions = ensemble > 1;
  const { trials, best, finalists } =
    candidates === 0
      ? await gridSearch(space, x, target, { ...options, keepsPredictions }).then((found) => ({
          ...found,
          finalists: found.trials,
        }))
      : await halvingSearch(space, x, target, {
          ...options,
          keepsPredictions,
          candidates,
          minRows: fewRows,
          atLeast: ensemble,
        });
  if (ensemble === 1)
    return {
      members: [{ family: best.family, recipe: best.recipe, weight: 1 }],
      unseen: () => unseenBy(best.recipe),
      trials,
    };
  const leaders =
    weighing === "mixture" ? firstsOf(finalists).slice(0, ensemble) : leadersOf(finalists, best, 2 * ensemble);
  const unseen: Float64Array[] = [];
  for (const [i, { recipe, predictions }] of leaders.entries()) {
    unseen.push(predictions ? bySample(predictions, options.splits) : await unseenBy(recipe));
    options.onProgress?.({ stage: "predicting unseen rows", done: i + 1, total: leaders.length, unit: "models" });
  }
  const weights =
    weighing === "mixture"
      ? mixtureWeights(unseen.map((predictions) => ofTruth(predictions, target as readonly string[], labels)))
      : blend(unseen, rankBy(weighing, target, labels), { most: ensemble }).weights;
  return {
    members: leaders
      .map((leader, i) => ({ family: leader.family, recipe: leader.recipe, weight: weights[i]! }))
      .filter(({ weight }) => weight > 0),
    unseen: async () => unseen[0]!.map((_, i) => unseen.reduce((sum, each, k) => sum + weights[k]! * each[i]!, 0)),
    trials,
  };
}

/** Below this halving does not go: families that learn slowly would drop out. */
const fewRows = 1500;

/** Puts what was predicted of each split's held-back rows in the order of the samples. */
function bySample(predictions: readonly Float64Array[], splits: readonly Split[]): Float64Array {
  const width = predictions[0]!.length / splits[0]!.test.length;
  const all = new Float64Array(predictions.reduce((sum, part) => sum + part.length, 0));
  for (const [split, part] of predictions.entries())
    for (const [i, row] of splits[split]!.test.entries())
      all.set(part.subarray(i * width, (i + 1) * width), row * width);
  return all;
}

const rankBy =
  ({ better, score }: Scorer, target: readonly string[] | Float64Array, labels: readonly string[]) =>
  (predictions: Float64Array): number =>
    (better === "higher" ? 1 : -1) * score(target, predictions, labels);

/** Probabilities of the true labels. */
function ofTruth(probabilities: Float64Array, truth: readonly string[], labels: readonly string[]): Float64Array {
  const places = new Map(labels.map((label, k) => [label, k]));
  return Float64Array.from(truth, (label, row) => probabilities[row * labels.length + places.get(label)!]!);
}

const ranked = (trials: readonly Trial[]): readonly Trial[] =>
  trials.filter(({ rank }) => Number.isFinite(rank)).sort((a, b) => b.rank - a.rank || a.index - b.index);

/** The best trial of each family, best first. */
const firstsOf = (trials: readonly Trial[]): readonly Trial[] =>
  [...Map.groupBy(ranked(trials), ({ family }) => family).values()].map(([first]) => first!);

/** The best trial of all, then the best of each other family, then the next best. */
const leadersOf = (trials: readonly Trial[], best: Trial, count: number): readonly Trial[] =>
  [...new Set([best, ...firstsOf(trials), ...ranked(trials)])].slice(0, count);
