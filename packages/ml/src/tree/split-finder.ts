import type { BinnedFeatures } from "./bin-features.ts";

/** Looks for the best split of a node, feature by feature. */
export interface SplitFinder {
  /** Takes the rows `order[start … end)` as the node. */
  open(start: number, end: number): void;
  /** Class shares, or the mean target, written to a place in `into`. */
  writeValue(into: number[], at: number): void;
  /** Weight of the node's rows. */
  readonly weight: number;
  /** Weight times impurity. */
  readonly risk: number;
  /** Looks at a feature's cuts; false where all rows share a bin. Leaves the best in `gain` and `bin`. */
  look(feature: number): boolean;
  /** Looks at one cut alone. */
  lookAt(feature: number, bin: number): void;
  /** How much the risk falls; 0 where no cut is allowed. */
  readonly gain: number;
  /** The last bin that goes left. */
  readonly bin: number;
  /** The first and the last bin of the feature looked at. */
  readonly bounds: readonly [number, number];
}

/** What finders of both kinds keep: the rows of a node and the bins of the feature looked at. */
export abstract class NodeRows {
  weight = 0;
  gain = 0;
  bin = 0;
  protected start = 0;
  protected count = 0;
  protected first = 0;
  protected last = 0;
  /** By row of the node. */
  protected readonly binOf: Uint8Array;
  protected readonly shares: Float64Array;
  /** The node's rows by rising bin, as `sort` leaves them. */
  protected readonly sorted: Uint32Array;
  protected readonly order: Uint32Array;
  protected readonly weights: ArrayLike<number> | undefined;
  protected readonly binned: BinnedFeatures;
  readonly #places = new Int32Array(257);

  constructor(binned: BinnedFeatures, order: Uint32Array, weights: ArrayLike<number> | undefined) {
    this.binned = binned;
    this.order = order;
    this.weights = weights;
    this.binOf = new Uint8Array(order.length);
    this.shares = new Float64Array(order.length);
    this.sorted = new Uint32Array(order.length);
  }

  get bounds(): readonly [number, number] {
    return [this.first, this.last];
  }

  protected binsOf(feature: number): number {
    return this.binned.thresholds[feature]!.length + 1;
  }

  /** Reads the bins of the node's rows; false where there is only one. */
  protected gather(feature: number): boolean {
    const { order, binOf, start, count } = this;
    const { bins, rows } = this.binned;
    const offset = feature * rows;
    let [first, last] = [255, 0];
    for (let i = 0; i < count; i++) {
      const bin = bins[offset + order[start + i]!]!;
      binOf[i] = bin;
      if (bin < first) first = bin;
      if (bin > last) last = bin;
    }
    this.first = first;
    this.last = last;
    return first < last;
  }

  /** Sorts the rows by bin: a few by insertion, many by counting. */
  protected sort(): void {
    const { binOf, sorted, count, first, last } = this;
    if (count <= 24) {
      for (let i = 0; i < count; i++) {
        const bin = binOf[i]!;
        let at = i;
        for (; at > 0 && binOf[sorted[at - 1]!]! > bin; at--) sorted[at] = sorted[at - 1]!;
        sorted[at] = i;
      }
      return;
    }
    const places = this.#places;
    places.fill(0, first, last + 2);
    for (let i = 0; i < count; i++) places[binOf[i]! + 1]!++;
    for (let bin = first; bin <= last; bin++) places[bin + 1]! += places[bin]!;
    for (let i = 0; i < count; i++) sorted[places[binOf[i]!]!++] = i;
  }
}
