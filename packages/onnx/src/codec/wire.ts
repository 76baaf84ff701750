import { AthanorError } from "@athanor/core";

/** One field of a protobuf message: its number and its value, not yet interpreted. */
export interface WireField {
  readonly number: number;
  /** Varints as bigint; 32-bit, 64-bit and length-delimited values as their bytes. */
  readonly value: bigint | Uint8Array;
  /** The whole field, tag included. */
  readonly raw: Uint8Array;
}

const malformed = (what: string, offset: number): AthanorError =>
  new AthanorError("onnx/malformed", `ONNX: expected ${what} at byte ${offset}, got something else`, {
    fix: "Check that the file is an .onnx model and was copied whole.",
    details: { offset },
  });

/**
 * Splits a message into its fields; the values are views of `bytes`.
 *
 * @throws `onnx/malformed` with the offset
 */
export function* readFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let low = 0;
    let shift = 0;
    for (; shift < 28; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw malformed("a number", at);
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw malformed("a number", at);
      value |= BigInt(byte & 0x7f) << BigInt(shift);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw malformed("a number of at most 64 bits", at);
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw malformed(`${length} more bytes`, at);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const start = at;
    const tag = Number(varint());
    const value = payload(tag & 7, start);
    yield { number: tag >>> 3, value, raw: bytes.subarray(start, at) };
  }

  function payload(type: number, start: number): bigint | Uint8Array {
    if (type === 0) return varint();
    if (type === 1) return take(8);
    if (type === 2) return take(Number(varint()));
    if (type === 5) return take(4);
    throw malformed("a protobuf field", start);
  }
}

/** Builds a message field by field; fields are written in the order of the calls. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  #push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  int(number: number, value: number | bigint): this {
    this.#push(varintBytes(BigInt(number) << 3n));
    this.#push(varintBytes(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  float(number: number, value: number): this {
    this.#push(varintBytes((BigInt(number) << 3n) | 5n));
    this.#push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.#push(varintBytes((BigInt(number) << 3n) | 2n));
    this.#push(varintBytes(BigInt(value.length)));
    this.#push(value);
    return this;
  }

  text(number: number, value: string): this {
    return value === "" ? this : this.bytes(number, encoder.encode(value));
  }

  message(number: number, write: (writer: MessageWriter) => void): this {
    const inner = new MessageWriter();
    write(inner);
    this.#push(varintBytes((BigInt(number) << 3n) | 2n));
    this.#push(varintBytes(BigInt(inner.#length)));
    for (const part of inner.#parts) this.#push(part);
    return this;
  }

  raw(field: Uint8Array): this {
    this.#push(field);
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const textOf = (value: bigint | Uint8Array): string => decoder.decode(value as Uint8Array);

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
