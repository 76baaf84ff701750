import type { Sampler } from "../sampler.ts";

/** How rows of like length come together. */
export interface ByLengthOptions {
  /** Length of each row. */
  readonly lengths: ArrayLike<number>;
  /** Rows of a batch, as `fit` is told. */
  readonly batchSize: number;
  /** Batches whose rows are drawn together and then sorted: the more, the less padding, and the less chance; 50 by default. */
  readonly together?: number;
}

/** Each row once an epoch; rows of a batch are about equally long, batches come in random order. */
export const byLength = ({ lengths, batchSize, together = 50 }: ByLengthOptions): Sampler => ({
  name: "byLength",
  order(count, random) {
    const rows = random.permutation(count);
    const rest = count % batchSize;
    const batches: Uint32Array[] = [];
    // Rows that fill no batch come last, whatever their lengths.
    const end = count - rest;
    for (let start = 0; start < end; start += together * batchSize) {
      const drawn = rows.subarray(start, Math.min(end, start + together * batchSize));
      drawn.sort((a, b) => lengths[a]! - lengths[b]!);
      for (let at = 0; at < drawn.length; at += batchSize) batches.push(drawn.slice(at, at + batchSize));
    }
    for (const [i, batch] of random.shuffle(batches).entries()) rows.set(batch, i * batchSize);
    return rows;
  },
});
