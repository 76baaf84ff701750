/** Sets of items and their counts: the items of the i-th lie at `offsets[i] … offsets[i + 1]`, ascending. */
export interface Itemsets {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  /** In how many transactions each set occurs. */
  readonly counts: Uint32Array;
}

/** Items that occur together, ascending, and in how many transactions. */
export interface Itemset {
  readonly items: readonly number[];
  readonly count: number;
}

/** The sets one by one. */
export function* eachItemset({ offsets, items, counts }: Itemsets): Generator<Itemset> {
  for (let i = 0; i < counts.length; i++)
    yield { items: Array.from(items.subarray(offsets[i]!, offsets[i + 1]!)), count: counts[i]! };
}

/** Lays sets out one after another. */
export function itemsetsOf(sets: readonly Itemset[]): Itemsets {
  const offsets = new Uint32Array(sets.length + 1);
  for (const [i, { items }] of sets.entries()) offsets[i + 1] = offsets[i]! + items.length;
  const items = new Uint32Array(offsets[sets.length]!);
  for (const [i, set] of sets.entries()) items.set(set.items, offsets[i]!);
  return { offsets, items, counts: Uint32Array.from(sets, ({ count }) => count) };
}
