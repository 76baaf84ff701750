import { integer } from "@athanor/core";
import type { Trial } from "@athanor/ml";
import type { Candidate } from "../task/define-task.ts";
import type { Member } from "./pick-models.ts";

/** Options of every task that searches for the best models of a table. */
export const searchOptions = {
  candidates: integer(0, "settings that a search tries; 0 takes each kind of model as it is", { min: 0, max: 10_000 }),
  maxSeconds: integer(null, "seconds after which no candidate is begun; the result then depends on the machine", {
    min: 1,
  }),
  ensemble: integer(1, "models at most that vote together", { min: 1, max: 50 }),
  folds: integer(5, "folds of the cross-validation that compares candidates", { min: 2, max: 20 }),
};

/** Trials as a report lists them: those that could be fitted, best first. */
export const candidatesOf = (trials: readonly Trial[]): readonly Candidate[] =>
  [...trials]
    .filter(({ rank }) => Number.isFinite(rank))
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .map(({ index, family, scores }) => ({
      name: trials.length > new Set(trials.map((trial) => trial.family)).size ? `${family} ${index + 1}` : family,
      metrics: Object.fromEntries(Object.entries(scores).map(([name, { mean }]) => [name, mean])),
    }));

/** The kinds of the members with their shares. */
export function summaryOf(members: readonly Member[]): string {
  const shares = new Map<string, number>();
  for (const { family, weight } of members) shares.set(family, (shares.get(family) ?? 0) + weight);
  return [...shares]
    .sort(([, a], [, b]) => b - a)
    .map(([family, share]) => (shares.size === 1 ? family : `${Math.round(100 * share)} % ${family}`))
    .join(", ");
}
