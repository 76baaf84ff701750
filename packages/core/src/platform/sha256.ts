import type { Hash } from "./platform.ts";

const blockBytes = 64;

/** The first 32 bits of the fractional part of a root of each of the first primes. */
const fractions = (count: number, root: (prime: number) => number): Int32Array => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
};
const start = fractions(8, Math.sqrt);
const rounds = fractions(64, Math.cbrt);
const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/**
 * SHA-256 where the system has none that answers at once.
 *
 * @see https://doi.org/10.6028/NIST.FIPS.180-4
 */
export class Sha256 implements Hash {
  readonly #state = start.slice();
  readonly #block = new Uint8Array(blockBytes);
  readonly #words = new Int32Array(64);
  #length = 0;

  update(piece: Uint8Array | string): this {
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    for (let at = 0; at < bytes.length; ) {
      const filled = this.#length % blockBytes;
      const part = bytes.subarray(at, at + blockBytes - filled);
      this.#block.set(part, filled);
      this.#length += part.length;
      at += part.length;
      if (filled + part.length === blockBytes) this.#compress();
    }
    return this;
  }

  digest(_: "hex"): string {
    const bits = this.#length * 8;
    const end = new Uint8Array(blockBytes - ((this.#length + 8) % blockBytes) + 8);
    end[0] = 0x80;
    new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(bits));
    this.update(end);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #compress(): void {
    const w = this.#words;
    const block = new DataView(this.#block.buffer);
    for (let i = 0; i < 16; i++) w[i] = block.getInt32(4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const chosen = (e & f) ^ (~e & g);
      const most = (a & b) ^ (a & c) ^ (b & c);
      const first = (h + s1 + chosen + rounds[i]! + w[i]!) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + s0 + most) | 0];
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) this.#state[i]! += word;
  }
}
