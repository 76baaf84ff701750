import { type Schedule, type WarmUp, warmedUp } from "../schedule.ts";

/** Where the rate falls, and by how much. */
export interface StepDecayOptions extends WarmUp {
  /** Shares of the training at which the rate is multiplied by the factor. */
  readonly at?: readonly number[];
  readonly factor?: number;
}

/** The same rate between steps at which it falls. */
export const stepDecay = ({ warmUpSteps = 0, at = [0.5, 0.75], factor = 0.1 }: StepDecayOptions = {}): Schedule =>
  warmedUp(warmUpSteps, (share) => factor ** at.filter((edge) => share >= edge).length);
