/** Gradients of rows of one table, as the graph wrote them: one use of the table after another. */
export interface RowUse {
  /** Rows, counted from 0, `[count]`. */
  readonly rows: Int32Array;
  /** `[count, width]` */
  readonly gradients: Float32Array;
}

/** Where a step's gradients of a table come together. */
export interface RowSink {
  /** `[rows, width]`; only rows that are touched mean anything. */
  readonly sums: Float32Array;
  readonly width: number;
  /** How many rows are touched, then which, in order. */
  readonly touched: Int32Array;
}

/** Sums gradients by row, step after step, at a cost that grows with the rows touched; of the others it looks at one bit. */
export class RowCollector {
  readonly #sink: RowSink;
  /** A bit a row that is touched. */
  readonly #marks: Uint32Array;
  /** By row: its last gradient among those of all uses, if it is touched. */
  readonly #heads: Int32Array;
  /** By gradient: the one before of the same row, or −1. */
  #before = new Int32Array(0);
  #uses: readonly RowUse[] = [];

  constructor(sink: RowSink) {
    const rows = sink.touched.length - 1;
    this.#sink = sink;
    this.#marks = new Uint32Array(Math.ceil(rows / 32));
    this.#heads = new Int32Array(rows);
  }

  /** How many rows are touched. */
  get count(): number {
    return this.#sink.touched[0]!;
  }

  /** Notes which rows a step touches; their sums start anew, and wait for `sum`. */
  take(uses: readonly RowUse[]): void {
    const count = uses.reduce((total, { rows }) => total + rows.length, 0);
    if (this.#before.length < count) this.#before = new Int32Array(count);
    this.#uses = uses;
    const [heads, before] = [this.#heads, this.#before];
    this.#marks.fill(0);
    let k = 0;
    for (const { rows } of uses) {
      for (const row of rows) {
        before[k] = this.#isMarked(row) ? heads[row]! : -1;
        this.#mark(row);
        heads[row] = k++;
      }
    }
    this.#readMarks();
  }

  /** Sums the gradients of some of the rows that are touched, counted in their order. */
  sum(begin: number, end: number): void {
    const { sums, width, touched } = this.#sink;
    for (let i = begin; i < end; i++) {
      const row = touched[1 + i]!;
      const to = row * width;
      const last = this.#heads[row]!;
      for (let k = last; k >= 0; k = this.#before[k]!) {
        let use = 0;
        let at = k;
        while (at >= this.#uses[use]!.rows.length) at -= this.#uses[use++]!.rows.length;
        const { gradients } = this.#uses[use]!;
        const from = at * width;
        if (k === last) for (let j = 0; j < width; j++) sums[to + j] = gradients[from + j]!;
        else for (let j = 0; j < width; j++) sums[to + j]! += gradients[from + j]!;
      }
    }
  }

  /** Adds the gradients of one more batch to the sums. */
  add(uses: readonly RowUse[]): void {
    const { sums, width } = this.#sink;
    for (const { rows, gradients } of uses) {
      for (let k = 0, from = 0; k < rows.length; k++, from += width) {
        const row = rows[k]!;
        const to = row * width;
        if (this.#isMarked(row)) for (let i = 0; i < width; i++) sums[to + i]! += gradients[from + i]!;
        else for (let i = 0; i < width; i++) sums[to + i] = gradients[from + i]!;
        this.#mark(row);
      }
    }
    this.#readMarks();
  }

  /** Takes up sums that were not collected here. */
  resume(): void {
    const { touched } = this.#sink;
    this.#marks.fill(0);
    for (const row of touched.subarray(1, 1 + touched[0]!)) this.#mark(row);
  }

  /** The squares of the gradients of all rows touched, summed. */
  squares(): number {
    const { sums, width, touched } = this.#sink;
    let total = 0;
    for (const row of touched.subarray(1, 1 + touched[0]!))
      for (let i = row * width; i < (row + 1) * width; i++) total += sums[i]! * sums[i]!;
    return total;
  }

  #isMarked(row: number): boolean {
    return ((this.#marks[row >>> 5]! >>> (row & 31)) & 1) === 1;
  }

  #mark(row: number): void {
    this.#marks[row >>> 5]! |= 1 << (row & 31);
  }

  /** Lists the rows that are touched in order: an update that goes through memory one way is much faster. */
  #readMarks(): void {
    const { touched } = this.#sink;
    let count = 0;
    for (let word = 0; word < this.#marks.length; word++) {
      for (let rest = this.#marks[word]!; rest !== 0; rest &= rest - 1)
        touched[++count] = 32 * word + 31 - Math.clz32(rest & -rest);
    }
    touched[0] = count;
  }
}
