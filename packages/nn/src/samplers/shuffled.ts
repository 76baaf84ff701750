import type { Sampler } from "../sampler.ts";

/** Each row once an epoch, in random order. */
export const shuffled = (): Sampler => ({
  name: "shuffled",
  order: (count, random) => random.permutation(count),
});
