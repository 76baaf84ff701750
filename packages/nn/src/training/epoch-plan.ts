import type { Random } from "@athanor/core";
import type { Sampler } from "../sampler.ts";

/** How the rows of each epoch come as batches. */
export interface EpochPlan {
  readonly stepsPerEpoch: number;
  /** How many rows batches have: those of the full ones, and of a smaller last one where there is one. */
  readonly lengths: readonly number[];
  /** The rows of each batch; the same whenever it is asked for the same epoch. */
  batches(epoch: number): readonly Uint32Array[];
}

export interface PlanOptions {
  readonly count: number;
  readonly batchSize: number;
  readonly sampler: Sampler;
  /** What every epoch's own random stream is split from. */
  readonly random: Random;
  /** Whether rows that fill no batch sit out their epoch. */
  readonly dropsLast: (rest: number) => boolean;
  /** The first batches of the first epoch instead of all, in every epoch. */
  readonly onlyBatches?: number | undefined;
}

export function epochPlan({ count, batchSize, sampler, random, dropsLast, onlyBatches }: PlanOptions): EpochPlan {
  const rest = count % batchSize;
  const usesRest = rest > 0 && !dropsLast(rest);
  const all = Math.floor(count / batchSize) + (usesRest ? 1 : 0);
  const stepsPerEpoch = Math.min(all, onlyBatches ?? all);
  return {
    stepsPerEpoch,
    lengths: usesRest && stepsPerEpoch === all ? [batchSize, rest] : [batchSize],
    batches(epoch) {
      const order = sampler.order(count, random.split(`epoch ${onlyBatches === undefined ? epoch : 1}`));
      return Array.from({ length: stepsPerEpoch }, (_, i) =>
        order.subarray(i * batchSize, Math.min(count, (i + 1) * batchSize)),
      );
    },
  };
}
