import { availableParallelism } from "node:os";
import { AthanorError, contentHash, isAbort } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { Recipe } from "../recipe-step.ts";
import type { Split } from "../splits/split.ts";
import type { Target } from "../target.ts";
import { type FoldScores, overFolds, take, type ValidationOptions, validationOf } from "./cross-validate.ts";
import { shareFoldData } from "./fold-data.ts";
import { openFoldPool } from "./fold-pool.ts";
import { type Journal, type JournalEntry, openJournal } from "./journal.ts";
import { estimatorOf } from "./recipe.ts";
import type { Candidate } from "./search-space.ts";

/** What every search takes; the first scorer decides. */
export interface SearchOptions extends ValidationOptions {
  /** Where results are kept, to go on from after the search was stopped. */
  readonly journal?: Journal | undefined;
  /** After this time no candidate is begun; the result then depends on the machine. */
  readonly maxSeconds?: number | undefined;
  /** Whether trials hold what they predicted. */
  readonly keepsPredictions?: boolean | undefined;
}

/** A candidate and how it did. */
export interface Trial {
  readonly index: number;
  readonly family: string;
  readonly recipe: Recipe;
  /** Where in the space it lies, by varied option. */
  readonly positions: readonly number[];
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** By which trials are ranked: the mean of the first scorer, larger is better; minus infinity when it was refused. */
  readonly rank: number;
  readonly seconds: number;
  /** Why the estimator could not be fitted. */
  readonly refusal?: string;
  /** By split, what was predicted of the rows held back; absent unless it is kept, and where the scores come from a journal. */
  readonly predictions?: readonly Float64Array[];
}

/** What a search has found. */
export interface SearchResult {
  readonly best: Trial;
  /** In the order in which they were proposed. */
  readonly trials: readonly Trial[];
}

/** Proposes the candidate of a number from the trials before it, or nothing when the search is over. */
export type Propose = (index: number, before: readonly Trial[]) => Candidate | undefined;

/** Measures candidates on splits of shared data. */
export interface TrialRunner extends AsyncDisposable {
  /** Measures a candidate on all splits, or on those numbered. */
  measure(candidate: Candidate, index: number, splits?: readonly number[]): Promise<Trial>;
  /** Asks for candidates; one is begun once all but `lag` of those before it are measured, so that threads do not change what is proposed. */
  run(propose: Propose, lag: number, total?: number): Promise<readonly Trial[]>;
}

interface Measured {
  readonly entry: JournalEntry;
  readonly predictions?: Float64Array | undefined;
}

/** Opens threads and the journal for a search. */
export async function openTrials(
  owner: string,
  x: Matrix,
  target: Target,
  options: SearchOptions,
  splits: readonly Split[] = validationOf(target, options).splits,
): Promise<TrialRunner> {
  const { scorers } = validationOf(target, options);
  const data = shareFoldData(owner, x, target, splits);
  const journal =
    options.journal &&
    (await openJournal(
      options.journal,
      contentHash([data.x, data.y, data.labels ?? [], data.splits, scorers.map(({ name }) => name)]),
    ));
  const pool = openFoldPool(data, options);
  const [first] = scorers;
  const sign = first!.better === "higher" ? 1 : -1;
  const started = performance.now();

  const entryOf = async (recipe: Recipe, split: number): Promise<Measured> => {
    const key = contentHash([recipe, split]).slice(0, 16);
    const known = journal?.entries.get(key);
    if (known) return { entry: known };
    let predictions: Float64Array | undefined;
    const entry = await pool.run(estimatorOf(recipe), { split }).then(
      ({ test, seconds }) => {
        if (options.keepsPredictions) predictions = test;
        const truth = take(target, splits[split]!.test);
        const scores = scorers.map((scorer) => [scorer.name, scorer.score(truth, test, data.labels ?? [])] as const);
        return { key, scores: Object.fromEntries(scores), seconds };
      },
      (error) => {
        if (!(error instanceof AthanorError) || isAbort(error) || fatal.has(error.code)) throw error;
        return { key, seconds: 0, refusal: error.message };
      },
    );
    await journal?.record(entry);
    return { entry, predictions };
  };
  const measure: TrialRunner["measure"] = async ({ family, recipe, positions }, index, chosen) => {
    const measured = await Promise.all((chosen ?? splits.map((_, i) => i)).map((split) => entryOf(recipe, split)));
    const entries = measured.map(({ entry }) => entry);
    const kept = measured.flatMap(({ predictions }) => predictions ?? []);
    const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0);
    const refusal = entries.find((entry) => entry.refusal !== undefined)?.refusal;
    const trial = { index, family, recipe, positions, seconds };
    if (refusal !== undefined) return { ...trial, scores: {}, rank: Number.NEGATIVE_INFINITY, refusal };
    const scores = Object.fromEntries(
      scorers.map(({ name }) => [name, overFolds(entries.map((entry) => entry.scores![name]!))]),
    );
    return {
      ...trial,
      scores,
      rank: sign * scores[first!.name]!.mean,
      ...(kept.length === measured.length ? { predictions: kept } : {}),
    };
  };
  return {
    measure,
    async run(propose, lag, total) {
      const running: Promise<Trial>[] = [];
      const finished: Trial[] = [];
      let [done, best] = [0, Number.NEGATIVE_INFINITY];
      const ahead = options.maxSeconds === undefined ? lag : Math.min(lag, options.threads ?? availableParallelism());
      for (let index = 0; ; index++) {
        while (finished.length < index - ahead) finished.push(await running[finished.length]!);
        options.signal?.throwIfAborted();
        const isOver = performance.now() - started > 1000 * (options.maxSeconds ?? Number.POSITIVE_INFINITY);
        const candidate = isOver ? undefined : propose(index, finished.slice(0, Math.max(0, index - lag)));
        if (candidate === undefined) break;
        const trial = measure(candidate, index).then((result) => {
          done++;
          best = Math.max(best, result.rank);
          options.onProgress?.({
            stage: "searching",
            done,
            ...(total === undefined ? {} : { total }),
            unit: "candidates",
            ...(Number.isFinite(best) ? { metrics: { [first!.name]: sign * best } } : {}),
          });
          return result;
        });
        // Whoever awaits it hears of the failure; until then it is not an unhandled one.
        trial.catch(() => {});
        running.push(trial);
      }
      return Promise.all(running);
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** Errors of the search itself, not of a candidate. */
const fatal: ReadonlySet<string> = new Set(["ml/worker-died", "ml/closed", "ml/unknown-estimator"]);

/**
 * The best of the trials; of equal ones the first.
 *
 * @throws `ml/no-candidate` when none could be fitted
 */
export function resultOf(owner: string, trials: readonly Trial[]): SearchResult {
  const best = trials.reduce<Trial | undefined>(
    (leader, trial) => (trial.rank > (leader?.rank ?? Number.NEGATIVE_INFINITY) ? trial : leader),
    undefined,
  );
  if (best) return { best, trials };
  throw new AthanorError(
    "ml/no-candidate",
    `${owner}: expected at least one candidate that can be fitted, got ${trials[0]?.refusal ?? "none"}`,
    { fix: "Widen the space, or give the data what its estimators need." },
  );
}
