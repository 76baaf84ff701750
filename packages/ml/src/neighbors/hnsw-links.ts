import { comparisons } from "./distance.ts";
import type { SampleIndex } from "./nearest.ts";

/** The links of samples, layer by layer. */
export class HnswLinks {
  readonly m: number;
  readonly starts: Int32Array;
  readonly links: Int32Array;

  constructor(m: number, starts: Int32Array, links: Int32Array) {
    this.m = m;
    this.starts = starts;
    this.links = links;
  }

  /** No links yet, with room for those of samples that reach up to a level each. */
  static empty(m: number, levels: readonly number[]): HnswLinks {
    const starts = new Int32Array(levels.length + 1);
    for (const [row, level] of levels.entries()) starts[row + 1] = starts[row]! + m * (2 + level);
    return new HnswLinks(m, starts, new Int32Array(starts.at(-1)!).fill(-1));
  }

  levelOf(row: number): number {
    return (this.starts[row + 1]! - this.starts[row]!) / this.m - 2;
  }

  /** The places of a sample's links in a layer. */
  range(row: number, layer: number): readonly [number, number] {
    const start = this.starts[row]! + (layer === 0 ? 0 : (layer + 1) * this.m);
    return [start, start + (layer === 0 ? 2 : 1) * this.m];
  }

  set(row: number, layer: number, others: ArrayLike<number>): void {
    const [start, end] = this.range(row, layer);
    this.links.fill(-1, start, end);
    this.links.set(others, start);
  }

  /** Links a sample to one more; where there is no room, the links that lead to different directions stay. */
  add(index: SampleIndex, row: number, layer: number, other: number): void {
    const [start, end] = this.range(row, layer);
    const own = this.links.subarray(start, end);
    const free = own.indexOf(-1);
    if (free >= 0) {
      own[free] = other;
      return;
    }
    const { metric, features, samples } = index;
    const compare = comparisons[metric];
    const far = (each: number) => compare(samples, row * features, samples, each * features, features);
    const near = [...own, other]
      .map((each) => [far(each), each] as const)
      .sort(([a, first], [b, second]) => a - b || first - second);
    const rows = near.map(([, each]) => each);
    const values = near.map(([value]) => value);
    this.set(row, layer, this.spread(index, row, rows, values, own.length));
  }

  /** Of near samples, nearest first, those that are nearer to the sample than to each other, and then the nearest of the rest. */
  spread(
    { metric, features, samples }: SampleIndex,
    row: number,
    near: ArrayLike<number>,
    values: ArrayLike<number>,
    most: number,
  ): readonly number[] {
    const compare = comparisons[metric];
    const chosen: number[] = [];
    const rest: number[] = [];
    for (let i = 0; i < near.length && chosen.length < most; i++) {
      const other = near[i]!;
      if (other === row) continue;
      const isAlone = chosen.every(
        (each) => compare(samples, other * features, samples, each * features, features) > values[i]!,
      );
      (isAlone ? chosen : rest).push(other);
    }
    return [...chosen, ...rest.slice(0, most - chosen.length)];
  }
}
