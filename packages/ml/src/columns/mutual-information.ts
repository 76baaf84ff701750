import type { Random } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import { columnsOf } from "./columns-of.ts";
import { varianceOf } from "./moments.ts";

/** How columns and target are looked at. */
export interface InformationOptions {
  readonly nNeighbors: number;
  /** Columns whose values are names. */
  readonly discrete: readonly number[];
  readonly random: Random;
}

/** Equal numbers are parted by so little, or as many as are equal would count as neighbours. */
const noise = 1e-10;

/** Nats that each column gives about the class, never less than 0. */
export function informationAboutClass(x: Matrix, y: Int32Array, options: InformationOptions): Float64Array {
  return Float64Array.from(columnsOf(x), (column, j) => {
    if (options.discrete.includes(j)) return betweenNames(column, y);
    return betweenNumbersAndNames(spread(column, options.random), y, options.nNeighbors);
  });
}

/** Nats that each column gives about a number, never less than 0. */
export function informationAboutNumber(x: Matrix, numbers: Float64Array, options: InformationOptions): Float64Array {
  const target = spread(numbers, options.random);
  return Float64Array.from(columnsOf(x), (column, j) =>
    options.discrete.includes(j)
      ? betweenNumbersAndNames(target, column, options.nNeighbors)
      : betweenNumbers(spread(column, options.random), target, options.nNeighbors),
  );
}

/** The column over its standard deviation, equal values parted. */
function spread(column: Float64Array, random: Random): Float64Array {
  const scale = Math.sqrt(varianceOf(column)) || 1;
  const size = column.reduce((sum, value) => sum + Math.abs(value / scale), 0) / column.length;
  return column.map((value) => value / scale + noise * Math.max(1, size) * random.normal());
}

function betweenNames(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ofA, ofB, ofBoth] = [new Map<number, number>(), new Map<number, number>(), new Map<string, number>()];
  for (let i = 0; i < a.length; i++) {
    ofA.set(a[i]!, (ofA.get(a[i]!) ?? 0) + 1);
    ofB.set(b[i]!, (ofB.get(b[i]!) ?? 0) + 1);
    const both = `${a[i]} ${b[i]}`;
    ofBoth.set(both, (ofBoth.get(both) ?? 0) + 1);
  }
  let sum = 0;
  for (const [both, count] of ofBoth) {
    const [first, second] = both.split(" ").map(Number) as [number, number];
    sum += (count / a.length) * Math.log((count * a.length) / (ofA.get(first)! * ofB.get(second)!));
  }
  return Math.max(0, sum);
}

/** @see Ross 2014, "Mutual information between discrete and continuous data sets", https://doi.org/10.1371/journal.pone.0087357 */
function betweenNumbersAndNames(numbers: Float64Array, names: ArrayLike<number>, nNeighbors: number): number {
  const groups = [...Map.groupBy(numbers.keys(), (row) => names[row]!).values()].filter(({ length }) => length > 1);
  const count = groups.reduce((sum, { length }) => sum + length, 0);
  const all = Float64Array.from(groups.flat(), (row) => numbers[row]!).sort();
  let sum = 0;
  for (const rows of groups) {
    const own = Float64Array.from(rows, (row) => numbers[row]!).sort();
    const k = Math.min(nNeighbors, own.length - 1);
    for (const [i, value] of own.entries()) {
      const radius = nearestOf(own, i, k);
      sum += digamma(k) - digamma(own.length) - digamma(within(all, value, radius));
    }
  }
  return count === 0 ? 0 : Math.max(0, digamma(count) + sum / count);
}

/** @see Kraskov, Stögbauer and Grassberger 2004, "Estimating mutual information", https://doi.org/10.1103/PhysRevE.69.066138 */
function betweenNumbers(a: Float64Array, b: Float64Array, nNeighbors: number): number {
  const count = a.length;
  const k = Math.min(nNeighbors, count - 1);
  const [sortedA, sortedB] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  const radii = widestAxis(a, b, k);
  let sum = 0;
  for (let i = 0; i < count; i++)
    sum += digamma(within(sortedA, a[i]!, radii[i]!)) + digamma(within(sortedB, b[i]!, radii[i]!));
  return Math.max(0, digamma(count) + digamma(k) - sum / count);
}

/** Distance of the k-th nearest value of a sorted list from one of its own. */
function nearestOf(sorted: Float64Array, at: number, k: number): number {
  let [low, high] = [at, at];
  let radius = 0;
  for (let i = 0; i < k; i++) {
    const below = low > 0 ? sorted[at]! - sorted[low - 1]! : Number.POSITIVE_INFINITY;
    const above = high + 1 < sorted.length ? sorted[high + 1]! - sorted[at]! : Number.POSITIVE_INFINITY;
    radius = Math.min(below, above);
    if (below <= above) low--;
    else high++;
  }
  return radius;
}

/** How many of sorted values are nearer than the radius, the value itself among them. */
function within(sorted: Float64Array, value: number, radius: number): number {
  // Differences are compared, as the radius is one: a sum would be rounded to the other side of it.
  const first = firstWhere(sorted, (each) => value - each < radius);
  return Math.max(1, firstWhere(sorted, (each) => each - value >= radius) - first);
}

/** The place from which on a claim holds. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** For each pair, how far along the wider axis the k-th nearest pair is. */
function widestAxis(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const order = [...a.keys()].sort((i, j) => a[i]! - a[j]!);
  const radii = new Float64Array(a.length);
  const near = new Float64Array(k);
  for (const [at, row] of order.entries()) {
    near.fill(Number.POSITIVE_INFINITY);
    const offer = (other: number): boolean => {
      const along = Math.abs(a[other]! - a[row]!);
      if (along >= near[k - 1]!) return false;
      const distance = Math.max(along, Math.abs(b[other]! - b[row]!));
      let place = k - 1;
      if (distance >= near[place]!) return true;
      for (; place > 0 && near[place - 1]! > distance; place--) near[place] = near[place - 1]!;
      near[place] = distance;
      return true;
    };
    for (let low = at - 1; low >= 0 && offer(order[low]!); low--);
    for (let high = at + 1; high < order.length && offer(order[high]!); high++);
    radii[row] = near[k - 1]!;
  }
  return radii;
}

/** Slope of the logarithm of the gamma function. */
function digamma(x: number): number {
  let [value, at] = [0, x];
  for (; at < 8; at++) value -= 1 / at;
  const square = 1 / (at * at);
  // ln x − 1/2x − Σ B₂ₖ / 2k x²ᵏ
  return (
    value +
    Math.log(at) -
    0.5 / at -
    square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
  );
}
