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
  /** How many rows are touched, then which. */
  readonly touched: Int32Array;
}

/** Sums gradients by row, step after step, at a cost that grows with the rows touched and not with the table. */
export class RowCollector {
  readonly #sink: RowSink;
  /** The round in which each row was last touched. */
  readonly #seen: Uint32Array;
  #round = 0;

  constructor(sink: RowSink) {
    this.#sink = sink;
    this.#seen = new Uint32Array(sink.touched.length - 1);
  }

  /** @param isFirst whether the sums start anew; further batches are added to those before */
  collect(uses: readonly RowUse[], isFirst = true): void {
    const { sums, width, touched } = this.#sink;
    const seen = this.#seen;
    if (isFirst) this.#round++;
    const round = this.#round;
    let count = isFirst ? 0 : touched[0]!;
    for (const { rows, gradients } of uses) {
      for (let k = 0, from = 0; k < rows.length; k++, from += width) {
        const row = rows[k]!;
        const to = row * width;
        if (seen[row] === round) for (let i = 0; i < width; i++) sums[to + i]! += gradients[from + i]!;
        else {
          seen[row] = round;
          touched[++count] = row;
          for (let i = 0; i < width; i++) sums[to + i] = gradients[from + i]!;
        }
      }
    }
    touched[0] = count;
  }

  /** Takes up sums that were not collected here. */
  resume(): void {
    const { touched } = this.#sink;
    this.#round++;
    for (const row of touched.subarray(1, 1 + touched[0]!)) this.#seen[row] = this.#round;
  }

  /** The squares of the gradients of all rows touched, summed. */
  squares(): number {
    const { sums, width, touched } = this.#sink;
    let total = 0;
    for (const row of touched.subarray(1, 1 + touched[0]!))
      for (let i = row * width; i < (row + 1) * width; i++) total += sums[i]! * sums[i]!;
    return total;
  }
}
