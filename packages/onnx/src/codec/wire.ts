import { AthanorError } from "@athanor/core";

/** One field of a protobuf message: its number and its value, not yet interpreted. */
export interface WireField {
  readonly number: number;
  /** Varints as bigint; 32-bit, 64-bit and length-delimited values as their bytes. */
  readonly value: bigint | Uint8Array;
  /** The whole field, tag included. */
  readonly raw: Uint8Array;
}

/** @param offset counts from the start of the message that is being read */
export const malformed = (what: string, offset: number): AthanorError =>
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
    if (!(length >= 0 && at + length <= bytes.length)) throw malformed(`${length} more bytes`, at);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const start = at;
    const tag = Number(BigInt.asUintN(64, varint()));
    const number = Math.floor(tag / 8);
    if (number < 1 || number > 2 ** 29 - 1) throw malformed("a field number", start);
    const value = payload(tag % 8, start);
    yield { number, value, raw: bytes.subarray(start, at) };
  }

  function payload(type: number, start: number): bigint | Uint8Array {
    if (type === 0) return varint();
    if (type === 1) return take(8);
    if (type === 2) return take(Number(varint()));
    if (type === 5) return take(4);
    throw malformed("a protobuf field", start);
  }
}

/** The bytes of a message, a text or a packed list. */
export function bytesOf({ number, value }: Pick<WireField, "number" | "value">): Uint8Array {
  if (typeof value !== "bigint") return value;
  throw malformed(`bytes in field ${number}`, 0);
}

/** A whole number that fits into a double. */
export function intOf({ number, value }: Pick<WireField, "number" | "value">): number {
  if (typeof value === "bigint" && value === BigInt(Number(value))) return Number(value);
  throw malformed(`a whole number in field ${number}`, 0);
}

// A leading byte order mark is part of a name like any other character.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const textOf = (field: Pick<WireField, "number" | "value">): string => decoder.decode(bytesOf(field));

/** A repeated integer field comes one at a time or packed. */
export function* varints({ value }: Pick<WireField, "value">): Generator<bigint> {
  if (typeof value === "bigint") {
    yield value;
    return;
  }
  let number = 0n;
  let shift = 0n;
  for (const [offset, byte] of value.entries()) {
    number |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte < 0x80) {
      yield BigInt.asIntN(64, number);
      number = 0n;
      shift = 0n;
    } else if (shift > 63n) throw malformed("a number of at most 64 bits", offset);
  }
  if (shift !== 0n) throw malformed("the end of a number", value.length);
}

/** A repeated floating-point field comes one at a time or packed. */
export function* floats(field: Pick<WireField, "number" | "value">, width: 4 | 8): Generator<number> {
  const bytes = bytesOf(field);
  if (bytes.length % width !== 0) throw malformed(`numbers of ${width} bytes`, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += width)
    yield width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
}
