import type { Schedule } from "../schedule.ts";

/** The shape of the cycle; its first part is the warm-up. */
export interface OneCycleOptions {
  /** Share of the training at which the rate is full. */
  readonly peakAt?: number;
  /** The first rate as a share of the full one. */
  readonly start?: number;
  /** The last rate as a share of the full one. */
  readonly end?: number;
}

/**
 * Rises to the full rate and falls to almost none, each along half a cosine.
 *
 * @see Smith and Topin 2018, https://arxiv.org/abs/1708.07120
 */
export const oneCycle =
  ({ peakAt = 0.3, start = 0.04, end = 4e-6 }: OneCycleOptions = {}): Schedule =>
  (step, totalSteps) => {
    const last = Math.max(1, totalSteps - 1);
    const peak = peakAt * totalSteps - 1;
    return step < peak ? between(start, 1, step / peak) : between(1, end, (step - peak) / (last - peak));
  };

const between = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
