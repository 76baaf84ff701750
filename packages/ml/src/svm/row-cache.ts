import type { Similarity } from "./similarity.ts";
import { blockSize, PackedPoints, padded, type SmoSpace } from "./smo-space.ts";

/** Rows of the kernel's matrix that were asked for last, in bounded memory; a row may be known only in its first part. */
export class RowCache {
  readonly #rows: Float32Array;
  readonly #width: number;
  readonly #slotOf: Int32Array;
  readonly #pointOf: Int32Array;
  readonly #length: Int32Array;
  readonly #lastUse: Float64Array;
  readonly #points: PackedPoints;
  readonly #similarity: Similarity;
  #used = 0;
  #uses = 0;

  /** Rows that fit, two at least: a step looks at two at once. */
  static slots = (points: number, bytes: number): number =>
    Math.min(padded(points), Math.max(2, Math.floor(bytes / (4 * padded(points)))));

  constructor(space: SmoSpace, points: PackedPoints, count: number, slots: number, similarity: Similarity) {
    this.#width = padded(count);
    this.#rows = space.floats(slots * this.#width);
    this.#slotOf = new Int32Array(this.#width).fill(-1);
    this.#pointOf = new Int32Array(slots);
    this.#length = new Int32Array(slots);
    this.#lastUse = new Float64Array(slots);
    this.#points = points;
    this.#similarity = similarity;
  }

  /** Where the row of a point is, of which the first `count` values are wanted; a place in values, to be used at once. */
  row(point: number, count: number): number {
    let slot = this.#slotOf[point]!;
    if (slot < 0) {
      slot = this.#used < this.#pointOf.length ? this.#used++ : this.#oldest();
      this.#pointOf[slot] = point;
      this.#slotOf[point] = slot;
      this.#length[slot] = 0;
    }
    this.#lastUse[slot] = ++this.#uses;
    const known = this.#length[slot]!;
    if (known < count) {
      this.compute(
        point,
        known - (known % blockSize),
        count,
        this.at(slot * this.#width + known - (known % blockSize)),
      );
      this.#length[slot] = padded(count);
    }
    return slot * this.#width;
  }

  /** The byte where a value is. */
  at(place: number): number {
    return this.#rows.byteOffset + 4 * place;
  }

  value(place: number): number {
    return this.#rows[place]!;
  }

  /** Whether the whole row of a point is known. */
  isWhole(point: number): boolean {
    const slot = this.#slotOf[point]!;
    return slot >= 0 && this.#length[slot] === this.#width;
  }

  /** Writes a point's row from one point, the first of a block, to another. */
  compute(point: number, from: number, end: number, to: number): void {
    const blocks = [from / blockSize, padded(end) / blockSize] as const;
    this.#points.compare(this.#similarity, { at: this.#points.at(point), stride: PackedPoints.stride }, blocks, to);
  }

  /** Follows points that change places, each pair the lower one first. */
  swap(pairs: readonly (readonly [number, number])[]): void {
    for (const [a, b] of pairs) {
      const [first, second] = [this.#slotOf[a]!, this.#slotOf[b]!];
      this.#slotOf[a] = second;
      this.#slotOf[b] = first;
      if (first >= 0) this.#pointOf[first] = b;
      if (second >= 0) this.#pointOf[second] = a;
    }
    for (let slot = 0; slot < this.#used; slot++) {
      const row = this.#rows.subarray(slot * this.#width, (slot + 1) * this.#width);
      let length = this.#length[slot]!;
      for (const [a, b] of pairs) {
        if (b < length) {
          const value = row[a]!;
          row[a] = row[b]!;
          row[b] = value;
        } else if (a < length) length = a;
      }
      this.#length[slot] = length;
    }
  }

  #oldest(): number {
    let oldest = 0;
    for (let slot = 1; slot < this.#lastUse.length; slot++)
      if (this.#lastUse[slot]! < this.#lastUse[oldest]!) oldest = slot;
    this.#slotOf[this.#pointOf[oldest]!] = -1;
    return oldest;
  }
}
