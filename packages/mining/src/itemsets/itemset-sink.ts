/** Where a search leaves what it finds. */
export interface ItemsetSink {
  /** Whether the subsets of a few items may be handed over without their prints. */
  readonly takesTables: boolean;
  /**
   * Takes a set, and the items that all its transactions share besides; `print` is one for equal sets of transactions.
   * False when nothing that extends the set is wanted.
   */
  add(prefix: readonly number[], shared: readonly number[], count: number, print: number): boolean;
}
