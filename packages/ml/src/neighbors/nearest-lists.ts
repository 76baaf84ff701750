/** The `k` lowest values offered to each of several rows, lowest first; of equal ones the one of the lower number. */
export class NearestLists {
  readonly count: number;
  readonly k: number;
  /** `[count, k]` */
  readonly rows: Int32Array;
  readonly values: Float64Array;

  constructor(count: number, k: number) {
    this.count = count;
    this.k = k;
    this.rows = new Int32Array(count * k);
    this.values = new Float64Array(count * k);
    this.clear();
  }

  clear(): void {
    this.rows.fill(0);
    this.values.fill(Number.POSITIVE_INFINITY);
  }

  /** The value that an offer has to beat. */
  worst(row: number): number {
    return this.values[(row + 1) * this.k - 1]!;
  }

  offer(row: number, number: number, value: number): void {
    const { rows, values } = this;
    const last = (row + 1) * this.k - 1;
    if (value > values[last]! || (value === values[last]! && number > rows[last]!)) return;
    let at = last;
    for (; at > row * this.k; at--) {
      const before = values[at - 1]!;
      if (before < value || (before === value && rows[at - 1]! < number)) break;
      values[at] = before;
      rows[at] = rows[at - 1]!;
    }
    values[at] = value;
    rows[at] = number;
  }
}
