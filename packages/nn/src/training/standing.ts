import type { EpochReport } from "../fit-options.ts";

/** What an epoch's weights are worth among all so far. */
export interface Standing {
  readonly epoch: number;
  /** 1 for the best so far; the last epoch counts as the best where nothing is validated. */
  readonly rank: number;
  /** Epochs whose checkpoints are no longer wanted: neither among the best that are kept, nor the last, which training resumes from. */
  readonly outdated: readonly number[];
}

export interface Watch {
  readonly metric: string;
  readonly better: "higher" | "lower";
}

/** Ranks the last epoch of a history; a function of the history alone, so that a resumed training says the same. */
export function standingOf(history: readonly EpochReport[], { metric, better }: Watch, kept?: number): Standing {
  const sign = better === "higher" ? -1 : 1;
  const score = ({ validation, epoch }: EpochReport) => {
    const value = validation === undefined ? -epoch : sign * validation[metric]!;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const ranked = history.toSorted((a, b) => score(a) - score(b) || a.epoch - b.epoch).map(({ epoch }) => epoch);
  const last = history.at(-1)!.epoch;
  const outdated = kept === undefined ? [] : ranked.slice(kept).filter((epoch) => epoch !== last);
  return { epoch: last, rank: ranked.indexOf(last) + 1, outdated: outdated.sort((a, b) => a - b) };
}
