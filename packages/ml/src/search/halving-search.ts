import { availableParallelism } from "node:os";
import { Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { Split } from "../splits/split.ts";
import { trainTestSplit } from "../splits/train-test-split.ts";
import { isLabels, type Target } from "../target.ts";
import { take, validationOf } from "./cross-validate.ts";
import { openTrials, resultOf, type SearchOptions, type SearchResult, type Trial } from "./run-trials.ts";
import { drawCandidate, type SearchSpace } from "./search-space.ts";

/** A search by halving and what its rounds cost. */
export interface HalvingResult extends SearchResult {
  /** Candidates of each round, and the share of the training rows that they learn from. */
  readonly rounds: readonly { readonly candidates: number; readonly share: number }[];
}

/**
 * Measures many candidates on few rows, and the best of them on ever more: each round keeps one of `factor` and gives it `factor` times the rows.
 *
 * Trials hold the last round that each candidate reached.
 *
 * @throws `ml/no-candidate`, `ml/journal`, `ml/scorer`
 * @see Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 */
export async function halvingSearch(
  space: SearchSpace,
  x: Matrix,
  target: Target,
  {
    candidates,
    factor = 3,
    minRows = 500,
    ...options
  }: SearchOptions & { readonly candidates: number; readonly factor?: number; readonly minRows?: number },
): Promise<HalvingResult> {
  const { seed = 0 } = options;
  const whole = validationOf(target, options).splits;
  const rows = Math.min(...whole.map(({ train }) => train.length));
  const rounds = 1 + Math.max(0, Math.floor(Math.log(Math.min(candidates, rows / minRows)) / Math.log(factor)));
  const shares = Array.from({ length: rounds }, (_, round) => factor ** (round - rounds + 1));
  const splits = shares.flatMap((share) => whole.map((split) => withShare(split, target, share, seed)));
  await using runner = await openTrials("halvingSearch", x, target, options, splits);
  let alive = Array.from({ length: candidates }, (_, index) => ({
    index,
    candidate: drawCandidate(space, Random.from(seed).split(`candidate ${index}`), seed),
  }));
  const { threads = availableParallelism(), maxSeconds = Number.POSITIVE_INFINITY } = options;
  const end = performance.now() + 1000 * maxSeconds;
  const last: Trial[] = [];
  const reports: { candidates: number; share: number }[] = [];
  let finalists: readonly Trial[] = [];
  for (const [round, share] of shares.entries()) {
    const chosen = whole.map((_, i) => round * whole.length + i);
    const waiting = [...alive];
    const trials: Trial[] = [];
    const work = async () => {
      for (let next = waiting.shift(); next && performance.now() < end; next = waiting.shift()) {
        trials.push(await runner.measure(next.candidate, next.index, chosen));
        const stage = `searching, round ${round + 1} of ${rounds}`;
        options.onProgress?.({ stage, done: trials.length, total: alive.length, unit: "candidates" });
      }
    };
    // One candidate more than threads, so that none waits for the last fold of another.
    await Promise.all(Array.from({ length: threads + 1 }, work));
    if (trials.length === 0) break;
    reports.push({ candidates: trials.length, share });
    for (const trial of trials) last[trial.index] = trial;
    finalists = trials.sort((a, b) => b.rank - a.rank || a.index - b.index);
    const kept = new Set(finalists.slice(0, Math.max(1, Math.floor(alive.length / factor))).map(({ index }) => index));
    alive = alive.filter(({ index }) => kept.has(index));
  }
  const { best } = resultOf("halvingSearch", finalists);
  return { best, trials: last.filter(Boolean), rounds: reports };
}

/** Less to learn from, every class by the same share; the same rows to test on. */
function withShare({ train, test }: Split, target: Target, share: number, seed: number): Split {
  if (share === 1) return { train, test };
  const labels = isLabels(target) ? (take(target, train) as readonly string[]) : undefined;
  const kept = trainTestSplit(train.length, share, seed, labels).test;
  return { train: kept.map((i) => train[i]!), test };
}
