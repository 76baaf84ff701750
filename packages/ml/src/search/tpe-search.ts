import { Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { Target } from "../target.ts";
import { type Parzen, parzenOf, sharesOf } from "./parzen.ts";
import { openTrials, resultOf, type SearchOptions, type SearchResult, type Trial } from "./run-trials.ts";
import { type Candidate, candidateAt, dimensionsOf, drawCandidate, type SearchSpace } from "./search-space.ts";

/**
 * Proposes candidates where good ones were dense and bad ones sparse, by tree-structured Parzen estimators.
 *
 * The first `startup` candidates are drawn evenly. A proposal looks at all but the 8 candidates before it, whatever the
 * threads, so that as many may run at once and the result is the serial one.
 *
 * @throws `ml/no-candidate`, `ml/journal`, `ml/scorer`
 * @see Bergstra et al. 2011, "Algorithms for hyper-parameter optimization"
 */
export async function tpeSearch(
  space: SearchSpace,
  x: Matrix,
  target: Target,
  { candidates, startup = 15, ...options }: SearchOptions & { readonly candidates: number; readonly startup?: number },
): Promise<SearchResult> {
  await using runner = await openTrials("tpeSearch", x, target, options);
  const { seed = 0 } = options;
  const propose = (index: number, before: readonly Trial[]) => {
    if (index >= candidates) return undefined;
    const random = Random.from(seed).split(`candidate ${index}`);
    return index < startup ? drawCandidate(space, random, seed) : proposeByTpe(space, before, random, seed);
  };
  return resultOf("tpeSearch", await runner.run(propose, lag, candidates));
}

const lag = 8;
/** Draws among which a proposal is picked. */
const draws = 24;

/** The most promising of some draws from where good trials lie. */
export function proposeByTpe(
  space: SearchSpace,
  trials: readonly Pick<Trial, "family" | "positions" | "rank">[],
  random: Random,
  seed: number,
): Candidate {
  const families = Object.keys(space);
  const ranked = [...trials].sort((a, b) => b.rank - a.rank);
  const count = Math.max(1, Math.min(25, Math.ceil(0.15 * ranked.length)));
  const [good, bad] = [ranked.slice(0, count), ranked.slice(count)];
  const models = families.map((family) => {
    const within = [good, bad].map((of) => of.filter((trial) => trial.family === family));
    const [near, far] = within.map((of) =>
      dimensionsOf(space, family).map(({ choices }, i) => {
        const seen = of.map(({ positions }) => positions[i]!);
        return choices > 0 ? sharesOf(seen, choices) : parzenOf(seen);
      }),
    ) as [Parzen[], Parzen[]];
    return { family, near, far };
  });
  const [likely, unlikely] = [good, bad].map((of) =>
    sharesOf(
      of.map(({ family }) => (families.indexOf(family) + 0.5) / families.length),
      families.length,
    ),
  ) as [Parzen, Parzen];
  let best: { readonly gain: number; readonly candidate: Candidate } | undefined;
  for (let draw = 0; draw < draws; draw++) {
    const place = likely.draw(random);
    const { family, near, far } = models[Math.floor(place * families.length)]!;
    let gain = Math.log(likely.density(place) / unlikely.density(place));
    const positions = near.map((dimension, i) => {
      const position = dimension.draw(random);
      gain += Math.log(dimension.density(position) / far[i]!.density(position));
      return position;
    });
    if (best === undefined || gain > best.gain) best = { gain, candidate: candidateAt(space, family, positions, seed) };
  }
  return best!.candidate;
}
