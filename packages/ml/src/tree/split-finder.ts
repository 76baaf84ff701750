/** Looks for the best split of a node, feature by feature. */
export interface SplitFinder {
  /** Takes the rows `order[start … end)` as the node. */
  open(start: number, end: number): void;
  /** Class shares, or the mean target, written to a place in `into`. */
  writeValue(into: Float64Array, at: number): void;
  /** Weight of the node's rows. */
  readonly weight: number;
  /** Weight times impurity. */
  readonly risk: number;
  /**
   * Looks at a feature's cuts, or at the one that `draw` chooses between the first and the last bin; false where all rows share
   * a bin. Leaves the best in `gain` and `bin`.
   */
  look(feature: number, draw?: (first: number, last: number) => number): boolean;
  /** How much the risk falls; 0 where no cut is allowed. */
  readonly gain: number;
  /** The last bin that goes left. */
  readonly bin: number;
}

/** Bins of a feature in the sixteens that kernels look at. */
export const chunksOf = (thresholds: Float32Array): number => 16 * Math.ceil((thresholds.length + 1) / 16);
