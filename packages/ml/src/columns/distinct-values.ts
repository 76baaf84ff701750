/** The distinct values of a column, numbered in the order in which they come, up to a limit, which is the number of NaN. */
export class DistinctValues {
  /** Whether there are more than the limit; numbers are worth nothing then. */
  areMany = false;
  readonly #limit: number;
  readonly #values: Float32Array;
  /** Open addressing: the number of a value, plus one. */
  readonly #places: Uint16Array;
  readonly #shift: number;
  #count = 0;

  constructor(limit: number) {
    const bits = Math.ceil(Math.log2(4 * limit));
    this.#limit = limit;
    this.#values = new Float32Array(limit);
    this.#places = new Uint16Array(2 ** bits);
    this.#shift = 32 - bits;
  }

  /** Numbers the values of rows `start … end` of a feature, into `numbers` from `to` on. */
  number(
    data: Float32Array,
    feature: number,
    features: number,
    start: number,
    end: number,
    numbers: Uint8Array,
    to: number,
  ): void {
    if (this.areMany) return;
    const [values, places, shift] = [this.#values, this.#places, this.#shift];
    const last = places.length - 1;
    let previous = Number.NaN;
    let place = 0;
    for (let row = start; row < end; row++) {
      const value = data[row * features + feature]!;
      if (value !== previous) {
        previous = value;
        single[0] = value + 0;
        let slot = Math.imul(bits[0]!, 0x9e3779b1) >>> shift;
        for (place = places[slot]!; place > 0 && values[place - 1]! !== value; place = places[slot]!)
          slot = (slot + 1) & last;
        if (Number.isNaN(value)) place = this.#limit + 1;
        else if (place === 0) {
          if (this.#count === this.#limit) {
            this.areMany = true;
            return;
          }
          values[this.#count] = value;
          place = ++this.#count;
          places[slot] = place;
        }
      }
      numbers[to + row] = place - 1;
    }
  }

  /** The values in rising order, and by number the place of each there; NaN keeps its own. */
  ranked(): { readonly sorted: Float32Array; readonly ranks: Uint8Array } {
    const values = this.#values.subarray(0, this.#count);
    const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
    const ranks = new Uint8Array(this.#limit + 1).fill(this.#limit, this.#limit);
    for (const [rank, number] of order.entries()) ranks[number] = rank;
    return { sorted: Float32Array.from(order, (number) => values[number]!), ranks };
  }
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);
