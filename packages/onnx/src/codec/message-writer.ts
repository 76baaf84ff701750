const encoder = new TextEncoder();

/** Bytes up to which it is faster to copy them at once than to note where they go. */
const copiedBytes = 4096;
const longestVarint = 10;

/** Bytes that are copied when all is written, to before the byte `at` of the others. */
interface Large {
  at: number;
  readonly bytes: Uint8Array;
}

/** Builds a message field by field; fields are written in the order of the calls. */
export class MessageWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  readonly #large: Large[] = [];
  #largeBytes = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#at + this.#largeBytes;
  }

  int(number: number, value: number | bigint): this {
    this.#varint(number * 8);
    this.#varint(value);
    return this;
  }

  float(number: number, value: number): this {
    this.#varint(number * 8 + 5);
    this.#reserve(4);
    this.#view.setFloat32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.#varint(number * 8 + 2);
    this.#varint(value.length);
    return this.raw(value);
  }

  /** Writes a text; an empty one is left out unless it is an item of a list. */
  text(number: number, value: string, { isItem = false }: { readonly isItem?: boolean } = {}): this {
    return value === "" && !isItem ? this : this.message(number, () => this.#text(value));
  }

  /** Writes what is written meanwhile as a message of its own. */
  message(number: number, write: (writer: MessageWriter) => void): this {
    this.#varint(number * 8 + 2);
    const [from, largeFrom, before] = [this.#at, this.#large.length, this.length];
    write(this);
    // Its length stands before it, and is known only now.
    const length = this.length - before;
    const end = this.#at;
    const shift = varintLength(length);
    this.#reserve(shift);
    this.#bytes.copyWithin(from + shift, from, end);
    for (let i = largeFrom; i < this.#large.length; i++) this.#large[i]!.at += shift;
    this.#at = from;
    this.#varint(length);
    this.#at = end + shift;
    return this;
  }

  /** Appends bytes that are encoded already. */
  raw(fields: Uint8Array): this {
    if (fields.length > copiedBytes) {
      this.#large.push({ at: this.#at, bytes: fields });
      this.#largeBytes += fields.length;
      return this;
    }
    this.#reserve(fields.length);
    this.#bytes.set(fields, this.#at);
    this.#at += fields.length;
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let [from, at] = [0, 0];
    for (const large of [...this.#large, { at: this.#at, bytes: new Uint8Array(0) }]) {
      whole.set(this.#bytes.subarray(from, large.at), at);
      at += large.at - from;
      from = large.at;
      whole.set(large.bytes, at);
      at += large.bytes.length;
    }
    return whole;
  }

  #text(value: string): void {
    this.#reserve(3 * value.length);
    this.#at += encoder.encodeInto(value, this.#bytes.subarray(this.#at)).written;
  }

  #varint(value: number | bigint): void {
    this.#reserve(longestVarint);
    if (typeof value === "number" && value >= 0 && value < 2 ** 31) {
      let rest = value;
      for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      this.#bytes[this.#at++] = rest;
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#at++] = Number(rest);
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const varintLength = (value: number): number => (value < 0x80 ? 1 : 1 + varintLength(Math.floor(value / 0x80)));
