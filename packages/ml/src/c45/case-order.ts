import type { Cases, Training } from "./training.ts";

/** Of at least one in so many rows, a walk through all rows is faster than sorting those. */
const dense = 12;

/** The rows of a node in the order of a feature. */
export class CaseOrder {
  /** By row: the weight in the node that is open, 0 for a row that is not there. */
  readonly weightOf: Float64Array;
  readonly #training: Training;
  /** By feature, when first asked for: all rows with a value, rising. */
  readonly #all: Int32Array[] = [];
  readonly #sorted: Int32Array;
  readonly #keys: Float64Array;
  #rows: Int32Array = new Int32Array();

  constructor(training: Training) {
    this.#training = training;
    this.weightOf = new Float64Array(training.samples);
    this.#sorted = new Int32Array(training.samples);
    this.#keys = new Float64Array(training.samples);
  }

  open({ rows, weights }: Cases): void {
    this.#rows = rows;
    for (let i = 0; i < rows.length; i++) this.weightOf[rows[i]!] = weights[i]!;
  }

  close({ rows }: Cases): void {
    for (let i = 0; i < rows.length; i++) this.weightOf[rows[i]!] = 0;
  }

  /** The open node's rows with a value, until the next call. */
  by(feature: number): Int32Array {
    if (this.#rows.length * dense < this.#training.samples) return this.#sort(feature, this.#rows);
    this.#all[feature] ??= this.#sort(feature, Int32Array.from(this.weightOf.keys())).slice();
    const all = this.#all[feature]!;
    const sorted = this.#sorted;
    let count = 0;
    for (let i = 0; i < all.length; i++) if (this.weightOf[all[i]!]! > 0) sorted[count++] = all[i]!;
    return sorted.subarray(0, count);
  }

  #sort(feature: number, rows: Int32Array): Int32Array {
    const places = this.#training.places[feature]!;
    const [keys, sorted] = [this.#keys, this.#sorted];
    // One number holds place and row, so that the engine's fast sort of numbers will do.
    const span = this.#training.samples;
    let count = 0;
    for (let i = 0; i < rows.length; i++) {
      const place = places[rows[i]!]!;
      if (place >= 0) keys[count++] = place * span + rows[i]!;
    }
    keys.subarray(0, count).sort();
    for (let i = 0; i < count; i++) sorted[i] = keys[i]! - Math.floor(keys[i]! / span) * span;
    return sorted.subarray(0, count);
  }
}
