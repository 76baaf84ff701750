import { AthanorError } from "@athanor/core";
import type { Sampler } from "../sampler.ts";

/** Draws each row with a probability in proportion to its weight, with replacement, as many an epoch as there are rows. */
export function weighted(weights: ArrayLike<number>): Sampler & { readonly weights: ArrayLike<number> } {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY))
      throw misfit(`weights of at least 0, got ${weights[i]} for row ${i}`);
    total += weights[i]!;
    sums[i] = total;
  }
  if (total === 0) throw misfit("a weight above 0, got none");
  return {
    name: "weighted",
    weights,
    order(count, random) {
      if (weights.length !== count) throw misfit(`${count} weights, got ${weights.length}`);
      return Uint32Array.from({ length: count }, () => firstAbove(sums, random.uniform() * total));
    },
  };
}

/** The first of the rising numbers that is larger than a value below the last. */
function firstAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const misfit = (text: string) =>
  new AthanorError("nn/sampler", `weighted: expected ${text}`, { fix: "Give one weight of at least 0 for each row." });
