/** Rows of at most 31 items, one bit an item; equal rows are kept once with the sum of their weights. */
export class MaskRows {
  count = 0;
  #masks = new Int32Array(0);
  #weights = new Uint32Array(0);
  #prints = new Int32Array(0);
  /** Open addressing: the row of a mask plus one, 0 for a free slot. */
  #slots = new Int32Array(0);
  #shift = 0;

  /** Forgets all rows and makes room for so many. */
  start(capacity: number): void {
    this.count = 0;
    if (this.#masks.length < capacity) {
      const room = 2 * capacity;
      [this.#masks, this.#weights, this.#prints] = [new Int32Array(room), new Uint32Array(room), new Int32Array(room)];
    }
    const bits = 33 - Math.clz32(capacity);
    if (this.#slots.length < 2 ** bits) this.#slots = new Int32Array(2 ** bits);
    else this.#slots.fill(0, 0, 2 ** bits);
    this.#shift = 32 - bits;
  }

  add(mask: number, weight: number, print: number): void {
    const [slots, masks] = [this.#slots, this.#masks];
    const last = 2 ** (32 - this.#shift) - 1;
    let slot = Math.imul(mask ^ (mask >>> 15), 0x9e3779b1) >>> this.#shift;
    for (;;) {
      const row = slots[slot]! - 1;
      if (row < 0) break;
      if (masks[row] === mask) {
        this.#weights[row]! += weight;
        this.#prints[row]! += print;
        return;
      }
      slot = (slot + 1) & last;
    }
    masks[this.count] = mask;
    this.#weights[this.count] = weight;
    this.#prints[this.count] = print;
    slots[slot] = ++this.count;
  }

  /** Adds to `together[i]` in how many of the rows with an item the item `i` of `others` is. */
  countWith(item: number, others: number, together: Uint32Array): { readonly holders: number; readonly print: number } {
    const [masks, weights, prints] = [this.#masks, this.#weights, this.#prints];
    const bit = 1 << item;
    let holders = 0;
    let print = 0;
    for (let row = 0; row < this.count; row++) {
      const mask = masks[row]!;
      if ((mask & bit) === 0) continue;
      holders++;
      print = (print + prints[row]!) | 0;
      const weight = weights[row]!;
      for (let rest = mask & others; rest !== 0; rest &= rest - 1) together[31 - Math.clz32(rest & -rest)]! += weight;
    }
    return { holders, print };
  }

  /** Copies what the rows with an item have of the `kept` ones. */
  copyWith(item: number, kept: number, into: MaskRows): void {
    const bit = 1 << item;
    for (let row = 0; row < this.count; row++) {
      const mask = this.#masks[row]!;
      if ((mask & bit) !== 0 && (mask & kept) !== 0) into.add(mask & kept, this.#weights[row]!, this.#prints[row]!);
    }
  }

  /** Adds the weight of each row to the cell that its bits of `candidates`, moved together, number. */
  tabulate(candidates: number, table: Uint32Array): void {
    for (let row = 0; row < this.count; row++) {
      const mask = this.#masks[row]!;
      let cell = 0;
      let place = 1;
      for (let rest = candidates; rest !== 0; rest &= rest - 1) {
        if ((mask & rest & -rest) !== 0) cell |= place;
        place <<= 1;
      }
      table[cell]! += this.#weights[row]!;
    }
  }
}
