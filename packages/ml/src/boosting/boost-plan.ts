import type { KernelMemory } from "../threads/shared-memory.ts";

/** How trees are grown. */
export interface BoostGrowth {
  readonly learningRate: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly l2: number;
}

/** When to stop before all rounds are done. */
export interface EarlyStopping {
  readonly patience: number;
  readonly tolerance: number;
}

/** What a loss is called, with its numbers. */
export interface LossChoice {
  readonly name: "squaredError" | "logLoss" | "quantile" | "absoluteError";
  readonly quantile: number;
}

/** Where things lie in the shared memory, in bytes. */
export interface BoostLayout {
  /** `[features, rows]`: bins, the last of which is for missing values. */
  readonly bins: number;
  /** By thread: row numbers, leaf after leaf. */
  readonly order: number;
  /** By thread: where rows that go right wait while a leaf is split. */
  readonly right: number;
  /** Gradient and hessian of each row. */
  readonly pairs: number;
  /** By thread: those of the rows of a leaf, side by side. */
  readonly gathered: number;
  /** `[outputs, rows]` float64 */
  readonly scores: number;
  /** `[outputs, rows]` float32: what a loss keeps between its outputs. */
  readonly kept: number;
  /** float64 by row: targets, or class numbers. */
  readonly targets: number;
  /** float32 by row. */
  readonly weights: number;
  /** `[leaves, features, 5120]` */
  readonly histograms: number;
  /** `[2, leaves, groups, splitNumbers]` float64, in turn: a thread may write what comes next while another still reads. */
  readonly splits: number;
  /** One table of 256 bytes a thread. */
  readonly tables: number;
  /** Whole numbers that threads meet by. */
  readonly control: number;
  /** float64 by leaf: what it adds to scores, where the loss chooses that. */
  readonly leafValues: number;
  /** float64 by block of validation rows: the sum of its losses. */
  readonly losses: number;
  readonly bytes: number;
}

/** What all threads of a boosting know. */
export interface BoostPlan {
  readonly memory: KernelMemory;
  readonly threads: number;
  /** Rows to learn from; those to stop by follow them. */
  readonly rows: number;
  readonly validationRows: number;
  readonly features: number;
  /** Scores a row has: one tree for each is grown in a round. */
  readonly outputs: number;
  /** `[rows, features]` float32, those to stop by last; read once, to be put in bins. */
  readonly data: SharedArrayBuffer;
  /** By feature: bins in use, without the one for missing values; shared. */
  readonly binCounts: Int32Array;
  /** `[features, 255]`, shared: the upper border of each bin but the last, or the category of each bin. */
  readonly borders: Float32Array;
  readonly isCategorical: Uint8Array;
  /** By feature: 1 where scores may only rise with it, −1 where they may only fall. */
  readonly monotone: Int8Array;
  readonly hasWeights: boolean;
  readonly loss: LossChoice;
  readonly base: Float64Array;
  readonly rounds: number;
  readonly growth: BoostGrowth;
  readonly earlyStopping: EarlyStopping | undefined;
  readonly layout: BoostLayout;
}

export const missingBin = 255;
export const histogramBytes = 5120;
/** What decides how features are grouped. */
type Grouping = Pick<BoostPlan, "features" | "threads">;

/** Features whose histograms are filled together: as many as keep additions from waiting for each other, where all threads get some. */
export const groupSizeOf = ({ features, threads }: Grouping): 2 | 4 => (Math.ceil(features / 4) < threads ? 2 : 4);
/** Numbers that describe a split: gain, feature, bin, whether missing goes left, sums of the left side and of all, a set of bins. */
export const splitNumbers = 18;
export const groupsOf = (plan: Grouping): number => Math.ceil(plan.features / groupSizeOf(plan));

/** Slots of features, rounded up to whole groups. */
export const slotsOf = (plan: Grouping): number => groupsOf(plan) * groupSizeOf(plan);

/** Losses are summed by blocks of rows, whichever thread sums one, so that the total does not depend on who did. */
export const blockRows = 4096;
export const blocksOf = (rows: number): number => Math.ceil(rows / blockRows);

/** Lays everything out, each part on a border of 64 bytes. */
export function layOut(
  plan: Pick<BoostPlan, "rows" | "validationRows" | "features" | "outputs" | "threads"> & {
    readonly maxLeaves: number;
  },
): BoostLayout {
  const { features, outputs, threads, maxLeaves } = plan;
  const rows = plan.rows + plan.validationRows;
  const slots = slotsOf(plan);
  const sizes = {
    bins: rows * features,
    order: threads * 4 * (rows + 1),
    right: threads * 4 * (rows + 1),
    pairs: 8 * rows,
    gathered: threads * 8 * rows,
    scores: 8 * rows * outputs,
    kept: 4 * rows * outputs,
    targets: 8 * rows,
    weights: 4 * rows,
    histograms: maxLeaves * slots * histogramBytes,
    splits: 2 * 8 * maxLeaves * groupsOf(plan) * splitNumbers,
    tables: 256 * threads,
    control: 256,
    leafValues: 8 * maxLeaves,
    losses: 8 * blocksOf(plan.validationRows),
  };
  let at = 0;
  const offsets = Object.fromEntries(
    Object.entries(sizes).map(([name, bytes]) => {
      const start = at;
      at += 64 * Math.ceil((bytes + 64) / 64);
      return [name, start];
    }),
  );
  return { ...offsets, bytes: at } as unknown as BoostLayout;
}
