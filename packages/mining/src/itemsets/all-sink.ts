import { AthanorError } from "@athanor/core";
import type { ItemsetSink } from "./itemset-sink.ts";
import type { Itemsets } from "./itemsets.ts";

/** Numbers in a list of sets, which typed arrays hold and count with 32 bits. */
const most = 2 ** 30;

/** Keeps every set: the one that is handed over, with each choice of the shared items. */
export class AllSink implements ItemsetSink {
  readonly takesTables = true;
  readonly #maxLength: number;
  #items = new Uint32Array(1024);
  #ends = new Uint32Array(256);
  #counts = new Uint32Array(256);
  #size = 0;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get found(): Itemsets {
    const offsets = new Uint32Array(this.#size + 1);
    offsets.set(this.#ends.subarray(0, this.#size), 1);
    return {
      offsets,
      items: this.#items.slice(0, offsets[this.#size]),
      counts: this.#counts.slice(0, this.#size),
    };
  }

  add(prefix: readonly number[], shared: readonly number[], count: number): boolean {
    this.#makeRoom(2 ** shared.length, prefix.length + shared.length);
    const [items, ends, counts] = [this.#items, this.#ends, this.#counts];
    let end = this.#size === 0 ? 0 : ends[this.#size - 1]!;
    const first = this.#size;
    const start = end;
    for (let i = 0; i < prefix.length; i++) end = insert(items, start, end, prefix[i]!);
    counts[this.#size] = count;
    ends[this.#size++] = end;
    for (let i = 0; i < shared.length; i++) {
      let from = start;
      for (let other = first, last = this.#size; other < last; other++) {
        const to = ends[other]!;
        if (to - from < this.#maxLength) {
          const begin = end;
          for (let at = from; at < to; at++) items[end++] = items[at]!;
          end = insert(items, begin, end, shared[i]!);
          counts[this.#size] = count;
          ends[this.#size++] = end;
        }
        from = to;
      }
    }
    return true;
  }

  #makeRoom(sets: number, width: number): void {
    const wanted = (this.#size === 0 ? 0 : this.#ends[this.#size - 1]!) + sets * width;
    if (wanted > most) {
      throw new AthanorError("mining/too-many", `frequentItemsets: expected sets of at most ${most} items, got more`, {
        fix: 'Raise minSupport, set maxLength, or ask for the closed sets only with keep: "closed".',
        details: { found: this.#size, most },
      });
    }
    if (wanted > this.#items.length) this.#items = grown(this.#items, wanted);
    if (this.#size + sets > this.#ends.length) {
      this.#ends = grown(this.#ends, this.#size + sets);
      this.#counts = grown(this.#counts, this.#size + sets);
    }
  }
}

function grown(values: Uint32Array, wanted: number): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(2 * wanted);
  out.set(values);
  return out;
}

/** Puts an item in its place among ascending ones, and returns where they end then. */
function insert(items: Uint32Array, start: number, end: number, item: number): number {
  let at = end;
  for (; at > start && items[at - 1]! > item; at--) items[at] = items[at - 1]!;
  items[at] = item;
  return end + 1;
}
