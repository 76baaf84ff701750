import { type Schedule, type WarmUp, warmedUp } from "../schedule.ts";

/** Falls along half a cosine from the full rate to `floor` of it. */
export const cosine = ({ warmUpSteps = 0, floor = 0 }: WarmUp & { readonly floor?: number } = {}): Schedule =>
  warmedUp(warmUpSteps, (share) => floor + ((1 - floor) * (1 + Math.cos(Math.PI * share))) / 2);
