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

  collect(uses: readonly RowUse[]): void {
    const { sums, width, touched } = this.#sink;
    const seen = this.#seen;
    const round = ++this.#round;
    let count = 0;
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
}
