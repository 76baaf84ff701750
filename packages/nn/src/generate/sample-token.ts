import type { Random } from "@athanor/core";

/** How a token is chosen by its score. */
export interface SamplingOptions {
  /** Divides the scores; at 0 the best token is taken. */
  readonly temperature?: number;
  /** How many of the best tokens may be taken. */
  readonly topK?: number;
  /** Share of probability that the best tokens to be taken from have together. */
  readonly topP?: number;
}

/**
 * Chooses a token by its score.
 *
 * @see Holtzman et al. 2019, https://arxiv.org/abs/1904.09751, for `topP`
 */
export function sampleToken(
  scores: ArrayLike<number>,
  random: Random,
  { temperature = 1, topK = scores.length, topP = 1 }: SamplingOptions = {},
): number {
  const ranked = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  if (temperature === 0) return ranked[0]!;
  const best = scores[ranked[0]!]!;
  const weights = ranked.slice(0, topK).map((token) => Math.exp((scores[token]! - best) / temperature));
  const enough = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let total = 0;
  const kept = weights.findIndex((weight) => {
    total += weight;
    return total >= enough;
  });
  // Rounding may leave the sum of all just below what is enough.
  const count = kept < 0 ? weights.length : kept + 1;
  let left = random.uniform() * total;
  const chosen = weights.slice(0, count).findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return ranked[chosen < 0 ? count - 1 : chosen]!;
}
