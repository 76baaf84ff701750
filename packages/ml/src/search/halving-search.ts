import { availableParallelism } from "node:os";
import { contentHash, Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { Split } from "../splits/split.ts";
import { trainTestSplit } from "../splits/train-test-split.ts";
import { isLabels, type Target } from "../target.ts";
import { take, validationOf } from "./cross-validate.ts";
import { openTrials, resultOf, type SearchOptions, type SearchResult, type Trial } from "./run-trials.ts";
import { type Candidate, drawCandidate, middleCandidates, type SearchSpace } from "./search-space.ts";
import { proposeByTpe } from "./tpe-search.ts";

/** How fast a search halves. */
export interface HalvingOptions extends SearchOptions {
  readonly candidates: number;
  /** Of as many candidates one stays in each round; 3 by default. */
  readonly factor?: number;
  /** Rows that the first round learns from at least, 500 by default. */
  readonly minRows?: number;
  /** Candidates that stay at least; of more than one, the best of the stronger half of the families are among them. */
  readonly atLeast?: number;
}

/** A search by halving and what its rounds cost. */
export interface HalvingResult extends SearchResult {
  /** Trials of the last round, best first. */
  readonly finalists: readonly Trial[];
  /** Candidates of each round, and the share of the training rows that they learn from. */
  readonly rounds: readonly { readonly candidates: number; readonly share: number }[];
}

/**
 * Measures many candidates on few rows, and the best of them on ever more: each round keeps one of `factor` and gives it `factor` times the rows.
 *
 * Half of the candidates are the middles of the families and draws from the whole space; the others lie where good ones of the first
 * half were dense. Trials hold the last round that each
 * candidate reached, and what was predicted only if that was the last of all.
 *
 * @throws `ml/no-candidate`, `ml/journal`, `ml/scorer`
 * @see Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization"
 * @see Falkner, Klein and Hutter 2018, "BOHB: robust and efficient hyperparameter optimization at scale"
 */
export async function halvingSearch(
  space: SearchSpace,
  x: Matrix,
  target: Target,
  { candidates, factor = 3, minRows = 500, atLeast = 1, ...options }: HalvingOptions,
): Promise<HalvingResult> {
  const { seed = 0 } = options;
  const whole = validationOf(target, options).splits;
  const rows = Math.min(...whole.map(({ train }) => train.length));
  const rounds = 1 + Math.max(0, Math.floor(Math.log(Math.min(candidates, rows / minRows)) / Math.log(factor)));
  const shares = Array.from({ length: rounds }, (_, round) => factor ** (round - rounds + 1));
  const splits = shares.flatMap((share) => whole.map((split) => withShare(split, target, share, seed)));
  await using runner = await openTrials("halvingSearch", x, target, options, splits);
  const all = evenCandidates(space, Math.ceil(candidates / 2), seed);
  const { threads = availableParallelism(), maxSeconds = Number.POSITIVE_INFINITY } = options;
  const started = performance.now();
  const last: Trial[] = [];
  const reports: { candidates: number; share: number }[] = [];
  let finalists: readonly Trial[] = [];
  const measureAll = async (asked: readonly Numbered[], round: number, trials: Trial[], total: number) => {
    const waiting = [...asked];
    const chosen = whole.map((_, i) => round * whole.length + i);
    // Each round has its part of the time, so that the last begins with candidates that were compared.
    const end = started + (1000 * maxSeconds * (round + 1)) / rounds;
    const work = async () => {
      for (let next = waiting.shift(); next && performance.now() < end; next = waiting.shift()) {
        trials.push(await runner.measure(next.candidate, next.index, chosen));
        const stage = `searching, round ${round + 1} of ${rounds}`;
        options.onProgress?.({ stage, done: trials.length, total, unit: "candidates" });
      }
    };
    // One candidate more than threads, so that none waits for the last fold of another.
    await Promise.all(Array.from({ length: threads + 1 }, work));
  };
  let alive: readonly Numbered[] = all;
  for (const [round, share] of shares.entries()) {
    const trials: Trial[] = [];
    await measureAll(alive, round, trials, round === 0 ? candidates : alive.length);
    if (round === 0) {
      const promising = promisingCandidates(space, trials, all.length, candidates, seed);
      all.push(...promising);
      await measureAll(promising, round, trials, candidates);
    }
    if (trials.length === 0) break;
    reports.push({ candidates: trials.length, share });
    for (const trial of trials) last[trial.index] = share === 1 ? trial : withoutPredictions(trial);
    finalists = trials.map(({ index }) => last[index]!).sort((a, b) => b.rank - a.rank || a.index - b.index);
    // Different kinds stay, since those vote best together.
    const inLine = new Set([...(atLeast > 1 ? firstsOf(finalists, space) : []), ...finalists]);
    const kept = [...inLine].slice(0, Math.max(atLeast, Math.floor(trials.length / factor)));
    alive = kept.map(({ index }) => all[index]!);
  }
  const { best } = resultOf("halvingSearch", finalists);
  return { best, trials: last.filter(Boolean), finalists, rounds: reports };
}

interface Numbered {
  readonly index: number;
  readonly candidate: Candidate;
}

/** The middles of the families, then draws from the whole space. */
function evenCandidates(space: SearchSpace, count: number, seed: number): Numbered[] {
  const middles = middleCandidates(space, seed);
  return Array.from({ length: count }, (_, index) => ({
    index,
    candidate: middles[index] ?? drawCandidate(space, randomOf(seed, index), seed),
  }));
}

/** Of the stronger families in turn, where good ones were dense among the first. */
function promisingCandidates(
  space: SearchSpace,
  trials: readonly Trial[],
  from: number,
  to: number,
  seed: number,
): Numbered[] {
  const strong = firstsOf(trials, space).map(({ family }) => family);
  if (strong.length === 0) return [];
  const inOrder = [...trials].sort((a, b) => a.index - b.index);
  const known = new Set(trials.map(({ recipe }) => contentHash(recipe)));
  return Array.from({ length: to - from }, (_, i) => {
    const family = strong[i % strong.length]!;
    const [random, within] = [randomOf(seed, from + i), { [family]: space[family]! }];
    const before = inOrder.filter((trial) => trial.family === family);
    const propose = () => proposeByTpe(within, before, random, seed);
    // Few whole numbers and choices soon repeat themselves.
    let candidate = propose();
    for (let again = 0; again < tries && known.has(contentHash(candidate.recipe)); again++)
      candidate = again < tries / 2 ? propose() : drawCandidate(space, random, seed);
    known.add(contentHash(candidate.recipe));
    return { index: from + i, candidate };
  });
}

const tries = 10;

/** The best trials of the stronger half of the families, one each. */
function firstsOf(trials: readonly Trial[], space: SearchSpace): readonly Trial[] {
  const ranked = trials
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  const firsts = [...Map.groupBy(ranked, ({ family }) => family).values()].map(([first]) => first!);
  return firsts.slice(0, Math.ceil(Object.keys(space).length / 2));
}

const randomOf = (seed: number, index: number) => Random.from(seed).split(`candidate ${index}`);

const withoutPredictions = ({ predictions: _, ...trial }: Trial): Trial => trial;

/** Less to learn from, every class by the same share; the same rows to test on. */
function withShare({ train, test }: Split, target: Target, share: number, seed: number): Split {
  if (share === 1) return { train, test };
  const labels = isLabels(target) ? (take(target, train) as readonly string[]) : undefined;
  const kept = trainTestSplit(train.length, share, seed, labels).test;
  return { train: kept.map((i) => train[i]!), test };
}
