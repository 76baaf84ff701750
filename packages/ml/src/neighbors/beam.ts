/** The nearest samples that a search has seen, nearest first, and which of them it has still to look behind. */
export class Beam {
  readonly rows: Int32Array;
  readonly values: Float64Array;
  size = 0;
  readonly #isOpen: Uint8Array;
  #next = 0;

  constructor(width: number) {
    this.rows = new Int32Array(width);
    this.values = new Float64Array(width);
    this.#isOpen = new Uint8Array(width);
  }

  clear(): void {
    this.size = 0;
    this.#next = 0;
  }

  offer(row: number, value: number): void {
    const { rows, values } = this;
    const isOpen = this.#isOpen;
    if (this.size === rows.length) {
      if (value >= values[this.size - 1]!) return;
    } else this.size++;
    let at = this.size - 1;
    for (; at > 0 && values[at - 1]! > value; at--) {
      values[at] = values[at - 1]!;
      rows[at] = rows[at - 1]!;
      isOpen[at] = isOpen[at - 1]!;
    }
    values[at] = value;
    rows[at] = row;
    isOpen[at] = 1;
    if (at < this.#next) this.#next = at;
  }

  /** The nearest sample that was not looked behind; −1 when there is none. */
  next(): number {
    while (this.#next < this.size) {
      const at = this.#next++;
      if (this.#isOpen[at] === 0) continue;
      this.#isOpen[at] = 0;
      return this.rows[at]!;
    }
    return -1;
  }
}
