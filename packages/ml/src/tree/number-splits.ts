import type { BinnedFeatures } from "./bin-features.ts";
import { NodeRows, type SplitFinder } from "./split-finder.ts";

/** Splits by squared error. */
export class NumberSplits extends NodeRows implements SplitFinder {
  readonly #y: Float64Array;
  readonly #least: number;
  readonly #values: Float64Array;
  readonly #sums = new Float64Array(256);
  readonly #weightsOf = new Float64Array(256);
  readonly #rowsOf = new Int32Array(256);
  #sum = 0;
  #squares = 0;

  constructor(
    binned: BinnedFeatures,
    order: Uint32Array,
    weights: ArrayLike<number> | undefined,
    { y, minSamplesLeaf }: { readonly y: Float64Array; readonly minSamplesLeaf: number },
  ) {
    super(binned, order, weights);
    this.#y = y;
    this.#least = minSamplesLeaf;
    this.#values = new Float64Array(order.length);
  }

  get risk(): number {
    return this.#squares - this.#sum ** 2 / this.weight;
  }

  open(start: number, end: number): void {
    const { order, weights, shares } = this;
    const values = this.#values;
    this.start = start;
    this.count = end - start;
    let [weight, sum, squares] = [0, 0, 0];
    for (let i = 0; i < end - start; i++) {
      const row = order[start + i]!;
      const share = weights === undefined ? 1 : weights[row]!;
      const value = this.#y[row]!;
      shares[i] = share;
      values[i] = share * value;
      weight += share;
      sum += share * value;
      squares += share * value ** 2;
    }
    this.weight = weight;
    this.#sum = sum;
    this.#squares = squares;
  }

  writeValue(into: number[], at: number): void {
    into[at] = this.#sum / this.weight;
  }

  look(feature: number): boolean {
    this.gain = 0;
    if (!this.gather(feature)) return false;
    if (this.count > this.last - this.first) this.#scanBins();
    else this.#scanRows();
    return true;
  }

  lookAt(_feature: number, bin: number): void {
    const { binOf, shares, count } = this;
    let [rows, weight, sum] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      if (binOf[i]! > bin) continue;
      rows++;
      weight += shares[i]!;
      sum += this.#values[i]!;
    }
    this.gain = 0;
    this.#weigh(bin, rows, weight, sum);
  }

  #weigh(bin: number, rows: number, weight: number, sum: number): void {
    if (rows < this.#least || this.count - rows < this.#least) return;
    const rest = this.weight - weight;
    if (weight <= 0 || rest <= 0) return;
    const gain = sum ** 2 / weight + (this.#sum - sum) ** 2 / rest - this.#sum ** 2 / this.weight;
    if (gain <= this.gain) return;
    this.gain = gain;
    this.bin = bin;
  }

  #scanRows(): void {
    const { binOf, sorted, shares, count } = this;
    this.sort();
    let [weight, sum] = [0, 0];
    let bin = binOf[sorted[0]!]!;
    for (let i = 0; i < count; i++) {
      const row = sorted[i]!;
      const next = binOf[row]!;
      if (next !== bin) {
        this.#weigh(bin, i, weight, sum);
        bin = next;
      }
      weight += shares[row]!;
      sum += this.#values[row]!;
    }
  }

  #scanBins(): void {
    const { binOf, shares, count, first, last } = this;
    const [sums, weightsOf, rowsOf] = [this.#sums, this.#weightsOf, this.#rowsOf];
    for (const histogram of [sums, weightsOf, rowsOf]) histogram.fill(0, first, last + 1);
    for (let i = 0; i < count; i++) {
      const bin = binOf[i]!;
      rowsOf[bin]!++;
      weightsOf[bin]! += shares[i]!;
      sums[bin]! += this.#values[i]!;
    }
    let [rows, weight, sum] = [0, 0, 0];
    for (let bin = first; bin < last; bin++) {
      if (rowsOf[bin] === 0) continue;
      rows += rowsOf[bin]!;
      weight += weightsOf[bin]!;
      sum += sums[bin]!;
      this.#weigh(bin, rows, weight, sum);
    }
  }
}
