import { RowCache } from "./row-cache.ts";
import { type Similarity, selfSimilarity } from "./similarity.ts";
import { PackedPoints, padded, type SmoSpace } from "./smo-space.ts";

/** Minimises ½ βᵀKβ − βᵀtargets + margin ‖β‖₁ where Σβ = 0 and lower ≤ β ≤ upper, bounds on either side of zero. */
export interface SmoProblem {
  /** `[samples, features]` */
  readonly data: Float32Array;
  readonly features: number;
  /** Samples that take part, the points. */
  readonly rows: ArrayLike<number>;
  /** ±1 for classes, with a margin of 0; numbers to come within the margin of. */
  readonly targets: Float64Array;
  readonly margin: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly similarity: Similarity;
  readonly cacheBytes: number;
}

/** The points of a problem with what is known of each, in an order that changes; some points without effect fill up the last block. */
export class SmoPoints {
  readonly count: number;
  readonly order: Int32Array;
  readonly beta: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly targets: Float64Array;
  readonly margin: number;
  /** (Kβ − targets) by point. */
  readonly error: Float64Array;
  /** What a step up costs beside the error, and what a step down saves; infinite where there is no way. */
  readonly rise: Float64Array;
  readonly fall: Float64Array;
  readonly diagonal: Float32Array;
  readonly scratch: Float32Array;
  readonly found: Float64Array;
  readonly cache: RowCache;
  readonly kernel: SmoSpace["kernel"];
  readonly #packed: PackedPoints;

  constructor(space: SmoSpace, problem: SmoProblem) {
    const { data, features, rows, margin, similarity, cacheBytes } = problem;
    const size = rows.length;
    const count = padded(size);
    const zeros = new Float32Array(features);
    const slots = RowCache.slots(size, cacheBytes);
    space.clear(PackedPoints.bytes(size, features) + 4 * count * (slots + 2) + 24 * count);
    this.kernel = space.kernel;
    this.#packed = new PackedPoints(space, size, features);
    this.cache = new RowCache(space, this.#packed, size, slots, similarity);
    this.error = space.doubles(count);
    this.rise = space.doubles(count);
    this.fall = space.doubles(count);
    this.diagonal = space.floats(count);
    this.scratch = space.floats(count).fill(0);
    this.found = space.doubles(2);
    this.count = count;
    this.margin = margin;
    this.order = Int32Array.from({ length: count }, (_, point) => point);
    this.beta = new Float64Array(count);
    this.lower = new Float64Array(count);
    this.upper = new Float64Array(count);
    this.targets = new Float64Array(count);
    this.lower.set(problem.lower);
    this.upper.set(problem.upper);
    this.targets.set(problem.targets);
    for (let point = 0; point < count; point++) {
      // The points that fill up the last block are all zero.
      const [values, from] = point < size ? [data, rows[point]! * features] : [zeros, 0];
      this.#packed.set(point, values, from);
      this.diagonal[point] = selfSimilarity(similarity, values, from, from + features);
      this.error[point] = -this.targets[point]!;
      this.place(point);
    }
  }

  /** Notes which ways are open to a point whose coefficient has changed. */
  place(point: number): void {
    const beta = this.beta[point]!;
    this.rise[point] = beta < this.upper[point]! ? (beta < 0 ? -this.margin : this.margin) : Number.POSITIVE_INFINITY;
    this.fall[point] = beta > this.lower[point]! ? (beta > 0 ? this.margin : -this.margin) : Number.NEGATIVE_INFINITY;
  }

  /** How much a coefficient gains by moving up, and loses by moving down. */
  gain = (point: number): number => -this.error[point]! - this.rise[point]!;
  loss = (point: number): number => -this.error[point]! - this.fall[point]!;

  /** How far a coefficient may go before it meets zero or a bound. */
  roomAbove = (point: number): number =>
    this.beta[point]! < 0 ? -this.beta[point]! : this.upper[point]! - this.beta[point]!;
  roomBelow = (point: number): number =>
    this.beta[point]! > 0 ? this.beta[point]! : this.beta[point]! - this.lower[point]!;

  /** Lets pairs of points change places, the lower one first in each. */
  swap(pairs: readonly (readonly [number, number])[]): void {
    const { order, beta, lower, upper, targets, error, rise, fall, diagonal } = this;
    for (const [a, b] of pairs) {
      for (const values of [order, beta, lower, upper, targets, error, rise, fall, diagonal]) {
        const value = values[a]!;
        values[a] = values[b]!;
        values[b] = value;
      }
      this.#packed.swap(a, b);
    }
    this.cache.swap(pairs);
  }
}
