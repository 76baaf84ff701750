import { integer, type OptionInput, real } from "@athanor/core";
import { fitJudge, importancesOf, type Judge } from "../columns/importances-of.ts";
import { type KeptState, keeping } from "../columns/kept.ts";
import { defineTransformer, type Taught, type TransformerEstimator } from "../define-transformer.ts";
import { type Matrix, takeColumns, takeSamples } from "../matrix.ts";
import { accuracy } from "../metrics/accuracy.ts";
import { regressionScores } from "../metrics/regression-scores.ts";
import { recipeOf } from "../recipe-step.ts";
import { kFold } from "../splits/k-fold.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";

interface EliminatedState extends KeptState {
  /** Of each column: 1 for those kept, more the earlier it went. */
  readonly ranking: Int32Array;
  /** With folds: mean accuracy or R² on held-back rows, by number of columns. */
  readonly scores: readonly { readonly features: number; readonly score: number }[];
}

const name = "recursiveElimination";
const options = {
  nFeatures: integer(null, "columns kept; half of them when null, with folds the fewest to be tried, 1 when null", {
    min: 1,
  }),
  step: real(1, "columns that go at once, or below 1 the share of all", { min: 1e-6 }),
  folds: integer(null, "parts that the number of columns is chosen by, the best on held-back rows; none when null", {
    min: 2,
  }),
};

type Told = Pick<Taught, "labels" | "numbers">;

function make(
  judge: Judge,
  input: OptionInput<typeof options> & { readonly seed?: number } = {},
): TransformerEstimator<EliminatedState> {
  const selector = defineTransformer({
    name,
    supervised: "any",
    allowsMissing: judge.allowsMissing,
    options,
    async fit({ x, labels, numbers, random, options: { nFeatures, step, folds } }): Promise<EliminatedState> {
      const features = x.shape[1]!;
      const atOnce = step >= 1 ? Math.floor(step) : Math.max(1, Math.floor(step * features));
      const told = { labels, numbers };
      const seed = random.uint32();
      if (folds === null) {
        const wanted = Math.min(features, nFeatures ?? Math.max(1, Math.floor(features / 2)));
        return { ...(await eliminate(judge, x, told, wanted, atOnce)), scores: [] };
      }
      const least = Math.min(features, nFeatures ?? 1);
      const splits = labels.length > 0 ? stratifiedKFold(labels, folds, seed) : kFold(x.shape[0]!, folds, seed);
      const sums = new Map<number, number>();
      for (const { train, test } of splits) {
        const held = { x: takeSamples(x, test), ...taken(told, test) };
        await eliminate(judge, takeSamples(x, train), taken(told, train), least, atOnce, async (kept, model) => {
          const score = scoreOf(model, takeColumns(held.x, kept), held);
          sums.set(kept.length, (sums.get(kept.length) ?? 0) + score / folds);
        });
      }
      const scores = [...sums]
        .map(([features, score]) => ({ features, score }))
        .sort((a, b) => a.features - b.features);
      const best = scores.reduce((a, b) => (b.score > a.score ? b : a));
      return { ...(await eliminate(judge, x, told, best.features, atOnce)), scores };
    },
    ...keeping<EliminatedState>(),
  })(input);
  return { ...selector, options: { ...selector.options, estimator: recipeOf(judge) } };
}

/**
 * Learns again and again without the columns that count least, until few are left; with folds, until held-back rows say that more would have been better.
 *
 * @throws `ml/no-importances`, `ml/no-labels`, `ml/folds`
 * @see Guyon et al. 2002, "Gene selection for cancer classification using support vector machines", https://doi.org/10.1023/A:1012487302797
 */
export const recursiveElimination = Object.assign(make, {
  definition: { name, kind: "transformer" as const, options },
});

type Model = Awaited<ReturnType<typeof fitJudge>>;

async function eliminate(
  judge: Judge,
  x: Matrix,
  told: Told,
  wanted: number,
  atOnce: number,
  onRound: (kept: readonly number[], model: Model) => void | Promise<void> = () => undefined,
): Promise<Pick<EliminatedState, "kept" | "ranking">> {
  const features = x.shape[1]!;
  const ranking = new Int32Array(features).fill(1);
  let kept = Array.from({ length: features }, (_, j) => j);
  for (;;) {
    const model = await fitJudge(name, judge, takeColumns(x, kept), told);
    await onRound(kept, model);
    if (kept.length <= wanted) return { kept, ranking };
    const importances = importancesOf(name, model, kept.length, 2);
    const order = [...kept.keys()].sort((a, b) => importances[a]! - importances[b]! || a - b);
    const gone = new Set(order.slice(0, Math.min(atOnce, kept.length - wanted)).map((i) => kept[i]!));
    kept = kept.filter((j) => !gone.has(j));
    for (let j = 0; j < features; j++) if (!kept.includes(j)) ranking[j]!++;
  }
}

const taken = ({ labels, numbers }: Told, rows: readonly number[]): Told => ({
  labels: labels.length > 0 ? rows.map((row) => labels[row]!) : [],
  numbers: Float64Array.from(numbers.length > 0 ? rows : [], (row) => numbers[row]!),
});

const scoreOf = (model: Model, x: Matrix, { labels, numbers }: Told): number =>
  model.kind === "classifier" ? accuracy(labels, model.predict(x)) : regressionScores(numbers, model.predict(x)).r2;
