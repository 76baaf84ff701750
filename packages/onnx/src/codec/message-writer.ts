import { atOnce, type Slices } from "@athanor/core";

const encoder = new TextEncoder();

/** Bytes up to which it is faster to copy them at once than to note where they go. */
const copiedBytes = 4096;
const longestVarint = 10;

/** Bytes that are copied in well under a millisecond, to where no memory is yet. */
const slicedBytes = 2 ** 18;

/** Where a message begins, and what was written before it. */
interface Start {
  readonly at: number;
  readonly large: number;
  readonly length: number;
}

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
    if (value === "" && !isItem) return this;
    this.#varint(number * 8 + 2);
    if (this.#plainText(value)) return this;
    const encoded = encoder.encode(value);
    this.#varint(encoded.length);
    return this.raw(encoded);
  }

  /** Writes what is written meanwhile as a message of its own. */
  message(number: number, write: (writer: MessageWriter) => void): this {
    const start = this.#begin(number);
    write(this);
    this.#end(start);
    return this;
  }

  /** The same for what takes long to write. */
  *longMessage(number: number, write: (writer: MessageWriter) => Slices<void>): Slices<void> {
    const start = this.#begin(number);
    yield* write(this);
    this.#end(start);
  }

  #begin(number: number): Start {
    this.#varint(number * 8 + 2);
    // Most messages are short, and a byte is left for their length.
    this.#reserve(1);
    return { at: ++this.#at, large: this.#large.length, length: this.length };
  }

  /** A message's length stands before it, and is known only now. */
  #end({ at, large, length: before }: Start): void {
    const length = this.length - before;
    const shift = varintLength(length) - 1;
    const end = this.#at + shift;
    if (shift > 0) {
      this.#reserve(shift);
      this.#bytes.copyWithin(at + shift, at, this.#at);
      for (let i = large; i < this.#large.length; i++) this.#large[i]!.at += shift;
    }
    this.#at = at - 1;
    this.#varint(length);
    this.#at = end;
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
    return atOnce(this.finishInSlices(new Uint8Array(this.length)));
  }

  /** Copies all to memory of its length, bit by bit. */
  *finishInSlices(whole: Uint8Array): Slices<Uint8Array> {
    let [from, at] = [0, 0];
    for (const large of [...this.#large, { at: this.#at, bytes: new Uint8Array(0) }]) {
      whole.set(this.#bytes.subarray(from, large.at), at);
      at += large.at - from;
      from = large.at;
      for (let i = 0; i < large.bytes.length; i += slicedBytes) {
        whole.set(large.bytes.subarray(i, i + slicedBytes), at + i);
        yield;
      }
      at += large.bytes.length;
    }
    return whole;
  }

  /** Writes a text with its length, if it is one of up to 127 plain letters, as names are; encoding those would take longer. */
  #plainText(value: string): boolean {
    const { length } = value;
    if (length > 0x7f) return false;
    this.#reserve(1 + length);
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      this.#bytes[this.#at + 1 + i] = code;
    }
    this.#bytes[this.#at] = length;
    this.#at += 1 + length;
    return true;
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
