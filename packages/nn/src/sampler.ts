import type { Random } from "@athanor/core";

/** Which rows an epoch trains on, and in which order: a function of its random stream alone, so that training resumes exactly. */
export interface Sampler {
  readonly name: string;
  /** Numbers of rows below `count`; one may come more than once. */
  order(count: number, random: Random): Uint32Array;
}
