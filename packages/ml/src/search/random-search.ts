import { Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import type { Target } from "../target.ts";
import { openTrials, resultOf, type SearchOptions, type SearchResult } from "./run-trials.ts";
import { drawCandidate, gridOf, type SearchSpace } from "./search-space.ts";

/**
 * Measures candidates drawn evenly from a space.
 *
 * @throws `ml/no-candidate`, `ml/journal`, `ml/scorer`
 * @see Bergstra and Bengio 2012, "Random search for hyper-parameter optimization"
 */
export async function randomSearch(
  space: SearchSpace,
  x: Matrix,
  target: Target,
  { candidates, ...options }: SearchOptions & { readonly candidates: number },
): Promise<SearchResult> {
  await using runner = await openTrials("randomSearch", x, target, options);
  const { seed = 0 } = options;
  const propose = (index: number) =>
    index < candidates ? drawCandidate(space, Random.from(seed).split(`candidate ${index}`), seed) : undefined;
  return resultOf("randomSearch", await runner.run(propose, candidates, candidates));
}

/**
 * Measures every combination of a space: all choices, and `points` values of each range.
 *
 * @throws `ml/no-candidate`, `ml/journal`, `ml/scorer`
 */
export async function gridSearch(
  space: SearchSpace,
  x: Matrix,
  target: Target,
  { points = 3, ...options }: SearchOptions & { readonly points?: number } = {},
): Promise<SearchResult> {
  await using runner = await openTrials("gridSearch", x, target, options);
  const candidates = gridOf(space, points, options.seed ?? 0);
  return resultOf("gridSearch", await runner.run((index) => candidates[index], candidates.length, candidates.length));
}
