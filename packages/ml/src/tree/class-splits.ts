import type { NodeData } from "./number-splits.ts";
import { chunksOf, type SplitFinder } from "./split-finder.ts";

/** How many classes of a bin cost as much as a row of a list. */
const classesPerRow = 4;

/**
 * Splits by Gini impurity. Many rows are summed by bin and class; few change sides one by one, so that a cut costs no more for
 * many classes.
 */
export class ClassSplits implements SplitFinder {
  weight = 0;
  risk = 0;
  gain = 0;
  bin = 0;
  readonly #data: NodeData;
  #squares = 0;
  #start = 0;
  #count = 0;

  constructor(data: NodeData, count: number, y: ArrayLike<number>) {
    const { space, weights } = data;
    this.#data = data;
    for (let i = 0; i < count; i++) {
      const row = space.order[i]!;
      space.pairs[2 * i] = weights === undefined ? 1 : weights[row]!;
      space.labels[4 * i + 2] = 8 * y[row]!;
    }
  }

  open(start: number, end: number): void {
    const { kernel, at, totals, stride } = this.#data.space;
    this.#start = start;
    this.#count = end - start;
    kernel.sumClasses(at.pairs + 16 * start, end - start, at.totals, at.left, stride);
    let [weight, squares] = [0, 0];
    for (let k = 0; k < totals.length; k++) {
      const total = totals[k]!;
      weight += total;
      squares += total * total;
    }
    this.weight = weight;
    this.#squares = squares;
    this.risk = weight - squares / weight;
  }

  writeValue(into: Float64Array, at: number): void {
    const { totals } = this.#data.space;
    for (let k = 0; k < totals.length; k++) into[at + k] = totals[k]! / this.weight;
  }

  look(feature: number, draw?: (first: number, last: number) => number): boolean {
    const { space, binned, minSamplesLeaf } = this.#data;
    const { kernel, at, isUsed, stride } = space;
    const count = this.#count;
    const order = at.order + 4 * this.#start;
    const pairs = at.pairs + 16 * this.#start;
    const bins = feature * binned.rows;
    const chunks = chunksOf(binned.thresholds[feature]!);
    const isFew = count * classesPerRow < binned.thresholds[feature]!.length * space.totals.length;
    if (isFew) kernel.listClasses(order, count, bins, at.scratch, at.spare);
    else kernel.fillClasses(order, pairs, count, bins, chunks, at.scratch, minSamplesLeaf, stride);
    let only = -1;
    let isConstant = false;
    if (draw) {
      const [first, last] = [isUsed.indexOf(255), isUsed.lastIndexOf(255)];
      isConstant = first === last;
      only = isConstant ? first : draw(first, last);
    }
    const next = isFew ? at.spare : 0;
    const found = kernel.scanClasses(
      count,
      chunks,
      at.scratch,
      minSamplesLeaf,
      only,
      pairs,
      next,
      stride,
      at.totals,
      at.left,
      this.weight,
      this.#squares,
    );
    if (draw ? isConstant : found < 0) return false;
    this.bin = draw ? only : space.bin;
    this.gain = Math.max(0, found);
    return true;
  }
}
