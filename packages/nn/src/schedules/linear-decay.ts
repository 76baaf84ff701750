import { type Schedule, type WarmUp, warmedUp } from "../schedule.ts";

/** Falls evenly from the full rate to zero. */
export const linearDecay = ({ warmUpSteps = 0 }: WarmUp = {}): Schedule => warmedUp(warmUpSteps, (share) => 1 - share);
