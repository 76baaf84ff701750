/** A position in a random stream: plain data, so that a checkpoint resumes exactly. */
export interface RandomState {
  readonly key: readonly [number, number];
  readonly counter: number;
}

const mulHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + (middle >>> 16) + (cross >>> 16)) >>> 0;
};

/**
 * Counter-based random numbers (Philox 4x32 with 10 rounds): the n-th draw depends on the key and n alone.
 *
 * @see Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", https://doi.org/10.1145/2063384.2063405
 */
export class Random {
  readonly #key: readonly [number, number];
  readonly #block = new Uint32Array(4);
  #blockIndex = -1;
  #counter: number;

  private constructor(key: readonly [number, number], counter: number) {
    this.#key = key;
    this.#counter = counter;
  }

  /** Starts a stream from a seed. */
  static from(seed: number): Random {
    return new Random([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0], 0);
  }

  /** Continues a stream where `state` was taken. */
  static resume(state: RandomState): Random {
    return new Random(state.key, state.counter);
  }

  get state(): RandomState {
    return { key: this.#key, counter: this.#counter };
  }

  /** Returns an independent stream; the same label gives the same stream, whatever was drawn before. */
  split(label: string | number): Random {
    let low = this.#key[0] ^ 0x9e3779b9;
    let high = this.#key[1] ^ 0x85ebca6b;
    for (const character of String(label)) {
      const code = character.codePointAt(0)!;
      low = Math.imul(low ^ code, 0x01000193) >>> 0;
      high = (Math.imul(high ^ low, 0xc2b2ae35) + code) >>> 0;
    }
    const mixed = new Uint32Array(4);
    philox([low, high], 0xffffffff, mixed);
    return new Random([mixed[0]!, mixed[1]!], 0);
  }

  /** A whole number in `[0, 2^32)`. */
  uint32(): number {
    const index = Math.floor(this.#counter / 4);
    if (index !== this.#blockIndex) {
      philox(this.#key, index, this.#block);
      this.#blockIndex = index;
    }
    return this.#block[this.#counter++ % 4]!;
  }

  /** A number in `[0, 1)` with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** A whole number in `[0, bound)`, without bias. */
  integer(bound: number): number {
    const limit = 4294967296 - (4294967296 % bound);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % bound;
  }

  /** A draw from the standard normal distribution (Box-Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher-Yates) and returns its argument. */
  shuffle<A extends { [index: number]: unknown; readonly length: number }>(items: A): A {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }

  /** The numbers `0 … length - 1` in random order. */
  permutation(length: number): Uint32Array {
    return this.shuffle(Uint32Array.from({ length }, (_, i) => i));
  }

  /** One of the items. */
  choice<T>(items: readonly T[]): T {
    return items[this.integer(items.length)]!;
  }
}

function philox(key: readonly [number, number], index: number, out: Uint32Array): void {
  let c0 = index >>> 0;
  let c1 = Math.floor(index / 4294967296) >>> 0;
  let c2 = 0;
  let c3 = 0;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = mulHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
