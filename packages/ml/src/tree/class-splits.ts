import type { BinnedFeatures } from "./bin-features.ts";
import { NodeRows, type SplitFinder } from "./split-finder.ts";

/**
 * Splits by Gini impurity. The sums of squared class weights on either side follow each row that changes sides, so that a cut costs
 * no more for many classes.
 */
export class ClassSplits extends NodeRows implements SplitFinder {
  readonly #y: Int32Array;
  readonly #classes: number;
  readonly #least: number;
  readonly #labels: Uint16Array;
  readonly #totals: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  /** `[bins, classes]`: weights, for nodes with more rows than that. */
  readonly #histogram: Float64Array;
  readonly #rowsOf = new Int32Array(256);
  #squares = 0;
  #before = 0;

  constructor(
    binned: BinnedFeatures,
    order: Uint32Array,
    weights: ArrayLike<number> | undefined,
    {
      y,
      classes,
      minSamplesLeaf,
    }: { readonly y: Int32Array; readonly classes: number; readonly minSamplesLeaf: number },
  ) {
    super(binned, order, weights);
    this.#y = y;
    this.#classes = classes;
    this.#least = minSamplesLeaf;
    this.#labels = new Uint16Array(order.length);
    this.#totals = new Float64Array(classes);
    this.#left = new Float64Array(classes);
    this.#right = new Float64Array(classes);
    this.#histogram = new Float64Array(256 * classes);
  }

  get risk(): number {
    return this.weight - this.#before;
  }

  open(start: number, end: number): void {
    const { order, weights, shares } = this;
    const labels = this.#labels;
    const totals = this.#totals.fill(0);
    this.start = start;
    this.count = end - start;
    let weight = 0;
    for (let i = 0; i < end - start; i++) {
      const row = order[start + i]!;
      const share = weights === undefined ? 1 : weights[row]!;
      const label = this.#y[row]!;
      labels[i] = label;
      shares[i] = share;
      totals[label]! += share;
      weight += share;
    }
    let squares = 0;
    for (let k = 0; k < totals.length; k++) squares += totals[k]! ** 2;
    this.weight = weight;
    this.#squares = squares;
    this.#before = squares / weight;
  }

  writeValue(into: number[], at: number): void {
    for (let k = 0; k < this.#classes; k++) into[at + k] = this.#totals[k]! / this.weight;
  }

  look(feature: number): boolean {
    this.gain = 0;
    this.#left.fill(0);
    this.#right.set(this.#totals);
    // Many rows need not be sorted, nor their bins be kept.
    if (this.count > this.binsOf(feature) * this.#classes) return this.#scanBins(feature);
    if (!this.gather(feature)) return false;
    this.#scanRows();
    return true;
  }

  lookAt(feature: number, bin: number): void {
    const { binOf, shares, count } = this;
    this.gather(feature);
    const left = this.#left.fill(0);
    let [rows, weight] = [0, 0];
    for (let i = 0; i < count; i++) {
      if (binOf[i]! > bin) continue;
      left[this.#labels[i]!]! += shares[i]!;
      weight += shares[i]!;
      rows++;
    }
    let [lefts, rights] = [0, 0];
    for (let k = 0; k < left.length; k++) {
      lefts += left[k]! ** 2;
      rights += (this.#totals[k]! - left[k]!) ** 2;
    }
    this.gain = 0;
    this.#weigh(bin, rows, weight, lefts, rights);
  }

  #weigh(bin: number, rows: number, weight: number, lefts: number, rights: number): void {
    if (rows < this.#least || this.count - rows < this.#least) return;
    const rest = this.weight - weight;
    const gain = (lefts * rest + rights * weight) / (weight * rest) - this.#before;
    if (gain <= this.gain) return;
    this.gain = gain;
    this.bin = bin;
  }

  #scanRows(): void {
    const { binOf, sorted, shares, count } = this;
    this.sort();
    const [left, right, labels] = [this.#left, this.#right, this.#labels];
    let [weight, lefts, rights] = [0, 0, this.#squares];
    let bin = binOf[sorted[0]!]!;
    for (let i = 0; i < count; i++) {
      const row = sorted[i]!;
      const next = binOf[row]!;
      if (next !== bin) {
        this.#weigh(bin, i, weight, lefts, rights);
        bin = next;
      }
      const label = labels[row]!;
      const share = shares[row]!;
      lefts += share * (2 * left[label]! + share);
      rights -= share * (2 * right[label]! - share);
      left[label]! += share;
      right[label]! -= share;
      weight += share;
    }
  }

  #scanBins(feature: number): boolean {
    const { order, shares, start, count } = this;
    const [classes, histogram, rowsOf, labels] = [this.#classes, this.#histogram, this.#rowsOf, this.#labels];
    const [left, right] = [this.#left, this.#right];
    const { bins, rows: all } = this.binned;
    const offset = feature * all;
    const used = this.binsOf(feature);
    histogram.fill(0, 0, used * classes);
    for (let i = 0; i < count; i++) histogram[bins[offset + order[start + i]!]! * classes + labels[i]!]! += shares[i]!;
    // Where one row may stand alone, rows need not be counted: a bin with weight has one.
    const isCounted = this.#least > 1;
    rowsOf.fill(isCounted ? 0 : 1, 0, used);
    if (isCounted) for (let i = 0; i < count; i++) rowsOf[bins[offset + order[start + i]!]!]!++;
    this.first = -1;
    let [rows, weight, lefts, rights] = [0, 0, 0, this.#squares];
    for (let bin = 0; bin < used; bin++) {
      const before = weight;
      for (let k = 0, at = bin * classes; k < classes; k++, at++) {
        const share = histogram[at]!;
        if (share === 0) continue;
        lefts += share * (2 * left[k]! + share);
        rights -= share * (2 * right[k]! - share);
        left[k]! += share;
        right[k]! -= share;
        weight += share;
      }
      if (weight === before) continue;
      if (this.first < 0) this.first = bin;
      this.last = bin;
      rows += rowsOf[bin]!;
      // After the last bin in use nothing is left but rounding.
      if (this.weight - weight > 1e-9 * this.weight) this.#weigh(bin, rows, weight, lefts, rights);
    }
    return this.first < this.last;
  }
}
