/** How far two stored samples are apart, in a measure that orders as distance does. */
export type Between = (a: number, b: number) => number;

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
  add(between: Between, row: number, layer: number, other: number): void {
    const [start, end] = this.range(row, layer);
    const own = this.links.subarray(start, end);
    const free = own.indexOf(-1);
    if (free >= 0) {
      own[free] = other;
      return;
    }
    const near = [...own, other]
      .map((each) => ({ each, value: between(row, each) }))
      .sort((a, b) => a.value - b.value || a.each - b.each);
    const rows = near.map(({ each }) => each);
    const values = near.map(({ value }) => value);
    this.set(row, layer, spread(between, rows, values, own.length));
  }
}

/** Of samples near another, nearest first, those that are nearer to it than to each other, and then the nearest of the rest. */
export function spread(
  between: Between,
  near: ArrayLike<number>,
  values: ArrayLike<number>,
  most: number,
): readonly number[] {
  const chosen: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < near.length && chosen.length < most; i++)
    (chosen.every((each) => between(near[i]!, each) > values[i]!) ? chosen : rest).push(near[i]!);
  return [...chosen, ...rest.slice(0, most - chosen.length)];
}
