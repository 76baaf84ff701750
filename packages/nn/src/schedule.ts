/** The share of the learning rate used at a step, counted from 0. */
export type Schedule = (step: number, totalSteps: number) => number;

export interface WarmUp {
  /** Steps in which the rate rises evenly from near zero. */
  readonly warmUpSteps?: number;
}

/** A rise, then `shape` over the share of the remaining steps that are done. */
export const warmedUp =
  (warmUpSteps: number, shape: (share: number) => number): Schedule =>
  (step, totalSteps) =>
    step < warmUpSteps
      ? (step + 1) / warmUpSteps
      : shape(Math.min(1, (step - warmUpSteps) / Math.max(1, totalSteps - warmUpSteps)));
