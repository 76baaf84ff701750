import type { BinnedFeatures } from "./bin-features.ts";
import { chunksOf, type SplitFinder } from "./split-finder.ts";
import type { TreeSpace } from "./tree-space.ts";

/** What `NumberSplits` and `ClassSplits` work on. */
export interface NodeData {
  readonly space: TreeSpace;
  readonly binned: BinnedFeatures;
  readonly weights: ArrayLike<number> | undefined;
  readonly minSamplesLeaf: number;
}

/** Splits by squared error; of two classes as 0 and 1, that is half the Gini impurity. */
export class NumberSplits implements SplitFinder {
  weight = 0;
  risk = 0;
  gain = 0;
  bin = 0;
  readonly #data: NodeData;
  readonly #isClass: boolean;
  #start = 0;
  #count = 0;

  constructor(data: NodeData, count: number, y: ArrayLike<number>, isClass: boolean) {
    const { space, weights } = data;
    this.#data = data;
    this.#isClass = isClass;
    for (let i = 0; i < count; i++) {
      const row = space.order[i]!;
      const share = weights === undefined ? 1 : weights[row]!;
      space.pairs[2 * i] = share;
      space.pairs[2 * i + 1] = share * y[row]!;
    }
  }

  open(start: number, end: number): void {
    const { kernel, at, totals } = this.#data.space;
    this.#start = start;
    this.#count = end - start;
    kernel.sumNumbers(at.pairs + 16 * start, end - start, at.totals);
    const [weight, sum, squares] = [totals[0]!, totals[1]!, totals[2]!];
    this.weight = weight;
    this.risk = (squares - sum ** 2 / weight) * (this.#isClass ? 2 : 1);
  }

  writeValue(into: Float64Array, at: number): void {
    const { totals } = this.#data.space;
    const mean = totals[1]! / totals[0]!;
    if (this.#isClass) {
      into[at] = (totals[0]! - totals[1]!) / totals[0]!;
      into[at + 1] = mean;
    } else into[at] = mean;
  }

  look(feature: number, draw?: (first: number, last: number) => number): boolean {
    const { space, binned, minSamplesLeaf } = this.#data;
    const { kernel, at, isUsed } = space;
    const count = this.#count;
    const order = at.order + 4 * this.#start;
    const pairs = at.pairs + 16 * this.#start;
    const bins = feature * binned.rows;
    const chunks = chunksOf(binned.thresholds[feature]!);
    let found: number;
    if (draw) {
      kernel.fillNumbers(order, pairs, count, bins, chunks, at.scratch, minSamplesLeaf);
      const [first, last] = [isUsed.indexOf(255), isUsed.lastIndexOf(255)];
      this.bin = first < last ? draw(first, last) : 0;
      found = kernel.scanNumbers(count, chunks, at.scratch, at.totals, minSamplesLeaf, this.bin);
      if (first === last) return false;
    } else {
      found = kernel.lookNumbers(order, pairs, count, bins, chunks, at.scratch, at.totals, minSamplesLeaf);
      if (found < 0) return false;
      this.bin = space.bin;
    }
    this.gain = Math.max(0, found) * (this.#isClass ? 2 : 1);
    return true;
  }
}
