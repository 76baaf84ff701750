import { type Schedule, type WarmUp, warmedUp } from "../schedule.ts";

/** The same rate at every step, after the warm-up. */
export const constant = ({ warmUpSteps = 0 }: WarmUp = {}): Schedule => warmedUp(warmUpSteps, () => 1);
