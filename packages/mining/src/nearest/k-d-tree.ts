import { type Points, pointCount, squaredDistance } from "../points.ts";

const leafSize = 24;

/** Rows near a point, nearest first, with squared distances; equal distances in the order of the rows. */
export interface Nearest {
  readonly rows: Uint32Array;
  readonly distances: Float64Array;
}

/**
 * Points in boxes that are halved along their longest side, so that a search skips boxes too far away.
 *
 * @see Friedman, Bentley and Finkel 1977, "An algorithm for finding best matches in logarithmic expected time"
 */
export class KdTree {
  readonly #features: number;
  /** Row of each place. */
  readonly #rows: Uint32Array;
  /** Values in the order of the places, so that a leaf lies together. */
  readonly #values: Float64Array;
  /** Corners of the boxes; node `i` has the children `2i + 1` and `2i + 2`. */
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  private constructor({ values, features }: Points, rows: Uint32Array, low: Float64Array, high: Float64Array) {
    this.#features = features;
    this.#rows = rows;
    this.#low = low;
    this.#high = high;
    this.#values = new Float64Array(values.length);
    for (const [place, row] of rows.entries())
      this.#values.set(values.subarray(row * features, (row + 1) * features), place * features);
  }

  static async build(points: Points, pause: () => Promise<void>): Promise<KdTree> {
    const { values, features } = points;
    const count = pointCount(points);
    const rows = Uint32Array.from({ length: count }, (_, row) => row);
    const levels = Math.max(0, Math.ceil(Math.log2(count / leafSize)));
    const corners = (2 ** (levels + 1) - 1) * features;
    const low = new Float64Array(corners).fill(Number.POSITIVE_INFINITY);
    const high = new Float64Array(corners).fill(Number.NEGATIVE_INFINITY);
    const open: [node: number, from: number, to: number][] = [[0, 0, count]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, from, to] = next;
      for (let place = from; place < to; place++)
        for (let j = 0, at = rows[place]! * features, corner = node * features; j < features; j++, at++, corner++) {
          if (values[at]! < low[corner]!) low[corner] = values[at]!;
          if (values[at]! > high[corner]!) high[corner] = values[at]!;
        }
      if (to - from <= leafSize) continue;
      let axis = 0;
      const side = (j: number) => high[node * features + j]! - low[node * features + j]!;
      for (let j = 1; j < features; j++) if (side(j) > side(axis)) axis = j;
      const middle = (from + to) >> 1;
      selectMiddle(rows, values, features, axis, from, to, middle);
      open.push([2 * node + 1, from, middle], [2 * node + 2, middle, to]);
      await pause();
    }
    return new KdTree(points, rows, low, high);
  }

  /** Rows within a distance of a point, in no order. */
  within(values: Float64Array, row: number, radius: number): number[] {
    const found: number[] = [];
    const squared = radius * radius;
    const search = (node: number, from: number, to: number): void => {
      if (this.#boxDistance(node, values, row) > squared) return;
      if (to - from > leafSize) {
        const middle = (from + to) >> 1;
        search(2 * node + 1, from, middle);
        search(2 * node + 2, middle, to);
        return;
      }
      for (let place = from; place < to; place++)
        if (squaredDistance(values, row, this.#values, place, this.#features) <= squared)
          found.push(this.#rows[place]!);
    };
    search(0, 0, this.#rows.length);
    return found;
  }

  /** The nearest rows to a point, except for `without`; fills `found` from its start, which must have room for at most that many. */
  nearest(values: Float64Array, row: number, { rows, distances }: Nearest, without = -1): void {
    const last = distances.length - 1;
    distances.fill(Number.POSITIVE_INFINITY);
    const visit = (node: number, from: number, to: number): void => {
      if (to - from > leafSize) {
        const middle = (from + to) >> 1;
        const left = this.#boxDistance(2 * node + 1, values, row);
        const right = this.#boxDistance(2 * node + 2, values, row);
        const goLeft = () => left <= distances[last]! && visit(2 * node + 1, from, middle);
        const goRight = () => right <= distances[last]! && visit(2 * node + 2, middle, to);
        if (left <= right) {
          goLeft();
          goRight();
        } else {
          goRight();
          goLeft();
        }
        return;
      }
      for (let place = from; place < to; place++) {
        const distance = squaredDistance(values, row, this.#values, place, this.#features);
        const other = this.#rows[place]!;
        if (distance > distances[last]! || other === without) continue;
        let at = last;
        const comesBefore = (i: number) => distance < distances[i]! || (distance === distances[i]! && other < rows[i]!);
        if (!comesBefore(at)) continue;
        for (; at > 0 && comesBefore(at - 1); at--) {
          distances[at] = distances[at - 1]!;
          rows[at] = rows[at - 1]!;
        }
        distances[at] = distance;
        rows[at] = other;
      }
    };
    visit(0, 0, this.#rows.length);
  }

  /** Squared distance from a point to the nearest that a box may hold. */
  #boxDistance(node: number, values: Float64Array, row: number): number {
    let sum = 0;
    for (
      let j = 0, at = row * this.#features, corner = node * this.#features;
      j < this.#features;
      j++, at++, corner++
    ) {
      const value = values[at]!;
      const outside = value < this.#low[corner]! ? this.#low[corner]! - value : value - this.#high[corner]!;
      if (outside > 0) sum += outside * outside;
    }
    return sum;
  }
}

/** Reorders `rows` from `from` to `to` so that none before `middle` is greater along the axis than any after (Hoare's quickselect). */
function selectMiddle(
  rows: Uint32Array,
  values: Float64Array,
  features: number,
  axis: number,
  from: number,
  to: number,
  middle: number,
): void {
  const value = (place: number) => values[rows[place]! * features + axis]!;
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = value((low + high) >> 1);
    let [i, j] = [low, high];
    while (i <= j) {
      while (value(i) < pivot) i++;
      while (value(j) > pivot) j--;
      if (i > j) break;
      const kept = rows[i]!;
      rows[i++] = rows[j]!;
      rows[j--] = kept;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
