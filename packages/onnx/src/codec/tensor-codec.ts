import { arrayOf, type DType, numbersPerElement, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { elementCode, elementType, storedLength } from "../element-types.ts";
import { isPacked } from "../packed-elements.ts";
import { lazyTensor, type StoredTensor, storeTensor, withRest } from "../stored-tensor.ts";
import type { MessageWriter } from "./message-writer.ts";
import type { ExternalData, ReadContext } from "./read-context.ts";
import { sourceOf } from "./source-bytes.ts";
import { bytesOf, floats, intOf, malformed, readFields, textOf, varints } from "./wire.ts";

export interface NamedTensor {
  readonly name: string;
  readonly tensor: StoredTensor;
}

/**
 * Reads a TensorProto; data stored raw stays a view of `bytes`, data in another file stays there until it is asked for.
 *
 * @throws `onnx/malformed` when data is too short or too long, `onnx/element-type`
 */
export function readTensor(bytes: Uint8Array, context: ReadContext): NamedTensor {
  let name = "";
  const tensor = context.part(
    bytes,
    () => {
      const parts = readParts(bytes);
      ({ name } = parts);
      const stored = toStored(parts, context);
      return parts.rest.length > 0 ? withRest(stored, parts.rest) : stored;
    },
    () => name,
  );
  return { name, tensor };
}

interface Parts {
  name: string;
  code: number;
  shape: number[];
  raw: Uint8Array | undefined;
  numbers: (number | bigint)[];
  texts: string[];
  isExternal: boolean;
  entries: Map<string, string>;
  /** Fields that say nothing of the data: what it is about, its own metadata. */
  rest: Uint8Array[];
}

function readParts(bytes: Uint8Array): Parts {
  const parts: Parts = {
    name: "",
    code: 0,
    shape: [],
    raw: undefined,
    numbers: [],
    texts: [],
    isExternal: false,
    entries: new Map(),
    rest: [],
  };
  for (const field of readFields(bytes)) {
    const { number } = field;
    if (number === 1) for (const dim of varints(field)) parts.shape.push(lengthOf(dim));
    else if (number === 2) parts.code = intOf(field);
    else if (number === 4 || number === 10) readFloats(parts, field);
    else if (number === 5 || number === 7 || number === 11) for (const int of varints(field)) parts.numbers.push(int);
    else if (number === 6) parts.texts.push(textOf(field));
    else if (number === 8) parts.name = textOf(field);
    else if (number === 9) parts.raw = bytesOf(field);
    else if (number === 13) {
      const entry = [...readFields(bytesOf(field))];
      const text = (key: number) => textOf(entry.find((part) => part.number === key) ?? { number: key, value: empty });
      parts.entries.set(text(1), text(2));
    } else if (number === 14) parts.isExternal = intOf(field) === 1;
    else parts.rest.push(field.raw);
  }
  return parts;
}

const empty = new Uint8Array();

const [wholeSingles, wholeDoubles] = (
  [
    ["float32", "complex64"],
    ["float64", "complex128"],
  ] as const
).map((kinds) => new Set<number>(kinds.map(elementCode))) as [Set<number>, Set<number>];

/** A list packed in one piece is the data as it lies in memory. */
function readFloats(parts: Parts, field: { readonly number: number; readonly value: bigint | Uint8Array }): void {
  const width = field.number === 4 ? 4 : 8;
  const isWhole = bytesOf(field).length > width && parts.numbers.length === 0 && parts.raw === undefined;
  const kinds = width === 4 ? wholeSingles : wholeDoubles;
  if (isWhole && kinds.has(parts.code)) parts.raw = bytesOf(field);
  else for (const float of floats(field, width)) parts.numbers.push(float);
}

function lengthOf(dim: bigint): number {
  if (dim >= 0n && dim <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(dim);
  throw malformed("a length that memory can hold", 0);
}

function toStored(
  { name, code, shape, raw, numbers, texts, isExternal, entries }: Parts,
  context: ReadContext,
): StoredTensor {
  const dtype = elementType(code);
  const length = storedLength(dtype, shape);
  if (!Number.isSafeInteger(length)) throw malformed("a tensor that memory can hold", 0);
  if (isExternal) return lazyTensor(dtype, shape, context.external(name, externalOf(entries), length));
  if (raw === undefined) {
    const list = dtype === "string" ? texts : numbers;
    const count = isPacked(dtype) ? length : sizeOf(shape) * numbersPerElement(dtype);
    if (list.length !== count) throw malformed(`${count} elements for ${name || "a tensor"}`, 0);
    if (isPacked(dtype)) return { dtype, shape, bytes: Uint8Array.from(numbers, Number) };
    return storeTensor(new Tensor(dtype, fromList(dtype, numbers, texts), shape));
  }
  if (dtype === "string" || raw.length !== length) throw malformed(`${length} bytes for ${name || "a tensor"}`, 0);
  return { dtype, shape, bytes: raw };
}

function externalOf(entries: ReadonlyMap<string, string>): ExternalData {
  const size = (key: string): number | undefined => {
    const text = entries.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw malformed(`a number of bytes as the ${key} of external data`, 0);
  };
  return { location: entries.get("location") ?? "", offset: size("offset") ?? 0, length: size("length") };
}

function fromList(dtype: DType, numbers: readonly (number | bigint)[], texts: readonly string[]): TensorData {
  if (dtype === "string") return texts;
  const isWide = dtype === "int64" || dtype === "uint64";
  if (isWide && !numbers.every((value) => typeof value === "bigint"))
    throw malformed("whole numbers as the elements of a tensor", 0);
  if (isWide) return arrayOf(dtype).from(numbers as readonly bigint[]);
  return arrayOf(dtype as "float32").from(numbers.map(Number));
}

/** Writes a TensorProto with its data raw, or as the bytes it came from. */
export function writeTensor(writer: MessageWriter, name: string, stored: StoredTensor, keepsExternal: boolean): void {
  const source = sourceOf(stored);
  if (source?.name === name && (keepsExternal || !source.isExternal)) {
    writer.raw(source.bytes);
    return;
  }
  for (const length of stored.shape) writer.int(1, length);
  writer.int(2, elementCode(stored.dtype));
  if ("texts" in stored) for (const text of stored.texts) writer.text(6, text, { isItem: true });
  writer.text(8, name);
  if ("bytes" in stored) writer.bytes(9, stored.bytes);
  for (const field of stored.rest ?? []) writer.raw(field);
}
