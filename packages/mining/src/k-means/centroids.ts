import { type Points, pointCount, squaredDistance } from "../points.ts";

/** Centroids as means of the points that they own, kept up as points change hands. */
export class Centroids {
  /** `[clusters, features]` */
  readonly values: Float64Array;
  readonly labels: Int32Array;
  /** How far each centroid went at the last move. */
  readonly moved: Float64Array;
  readonly clusters: number;
  readonly #points: Points;
  readonly #sums: Float64Array;
  readonly #sizes: Int32Array;

  constructor(points: Points, values: Float64Array) {
    this.#points = points;
    this.values = values;
    this.clusters = values.length / points.features;
    this.labels = new Int32Array(pointCount(points)).fill(-1);
    this.moved = new Float64Array(this.clusters);
    this.#sums = new Float64Array(values.length);
    this.#sizes = new Int32Array(this.clusters);
  }

  /** Gives a point to a cluster. */
  give(point: number, cluster: number): void {
    const { values, features } = this.#points;
    const before = this.labels[point]!;
    const sums = this.#sums;
    const at = point * features;
    if (before >= 0) {
      this.#sizes[before]!--;
      for (let j = 0, to = before * features; j < features; j++) sums[to + j]! -= values[at + j]!;
    }
    for (let j = 0, to = cluster * features; j < features; j++) sums[to + j]! += values[at + j]!;
    this.#sizes[cluster]!++;
    this.labels[point] = cluster;
  }

  /** Moves each centroid to the mean of its points; one that lost all goes to the point farthest from its own centroid. */
  move(): void {
    const { values, features } = this.#points;
    const before = this.values.slice();
    const taken = new Set<number>();
    for (let cluster = 0; cluster < this.clusters; cluster++) {
      const size = this.#sizes[cluster]!;
      const at = cluster * features;
      if (size > 0) for (let j = 0; j < features; j++) this.values[at + j] = this.#sums[at + j]! / size;
      else this.values.set(values.subarray(...this.#farthest(before, taken)), at);
    }
    for (let cluster = 0; cluster < this.clusters; cluster++)
      this.moved[cluster] = Math.sqrt(squaredDistance(before, cluster, this.values, cluster, features));
  }

  #farthest(centroids: Float64Array, taken: Set<number>): [number, number] {
    const { values, features } = this.#points;
    let [farthest, most] = [0, -1];
    for (let i = 0; i < this.labels.length; i++) {
      const distance = squaredDistance(values, i, centroids, this.labels[i]!, features);
      if (distance > most && !taken.has(i)) [farthest, most] = [i, distance];
    }
    taken.add(farthest);
    return [farthest * features, (farthest + 1) * features];
  }

  /** Sum of squared distances to the own centroid. */
  inertia(): number {
    const { values, features } = this.#points;
    let sum = 0;
    for (let i = 0; i < this.labels.length; i++)
      sum += squaredDistance(values, i, this.values, this.labels[i]!, features);
    return sum;
  }

  /** Half the distance between each two centroids, and from each to the one next to it. */
  halfDistances(): { readonly between: Float64Array; readonly next: Float64Array } {
    const between = new Float64Array(this.clusters ** 2);
    const next = new Float64Array(this.clusters).fill(Number.POSITIVE_INFINITY);
    for (let a = 0; a < this.clusters; a++)
      for (let b = 0; b < this.clusters; b++) {
        if (a === b) continue;
        const half = Math.sqrt(squaredDistance(this.values, a, this.values, b, this.#points.features)) / 2;
        between[a * this.clusters + b] = half;
        next[a] = Math.min(next[a]!, half);
      }
    return { between, next };
  }
}
