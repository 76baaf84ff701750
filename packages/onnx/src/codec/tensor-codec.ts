import { AthanorError, arrayOf, bytesPerElement, type DType, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { elementCode, elementType } from "../element-types.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";
import { type MessageWriter, readFields, textOf } from "./wire.ts";

/**
 * Reads a TensorProto; data stored raw stays a view of `bytes`.
 *
 * @throws `onnx/external-data` when the data lies in another file, `onnx/malformed` when it is too short or too long
 */
export function readTensor(bytes: Uint8Array): { name: string; tensor: StoredTensor } {
  let name = "";
  let code = 0;
  const shape: number[] = [];
  let raw: Uint8Array | undefined;
  const numbers: (number | bigint)[] = [];
  const texts: string[] = [];
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) for (const dim of varints(value)) shape.push(Number(dim));
    else if (number === 2) code = Number(value);
    else if (number === 4) for (const float of floats(value, 4)) numbers.push(float);
    else if (number === 5 || number === 7 || number === 11) for (const int of varints(value)) numbers.push(int);
    else if (number === 6) texts.push(textOf(value));
    else if (number === 8) name = textOf(value);
    else if (number === 9) raw = value as Uint8Array;
    else if (number === 10) for (const float of floats(value, 8)) numbers.push(float);
    else if (number === 14 && value === 1n) {
      throw new AthanorError(
        "onnx/external-data",
        `ONNX: expected the data of ${name || "a tensor"} inside the file, got a reference to another file`,
        {
          fix: "Save the model as a single file.",
          details: { tensor: name },
        },
      );
    }
  }
  const dtype = elementType(code);
  if (raw === undefined)
    return { name, tensor: storeTensor(new Tensor(dtype, fromList(dtype, numbers, texts), shape)) };
  if (raw.length !== sizeOf(shape) * bytesPerElement(dtype)) {
    throw new AthanorError(
      "onnx/malformed",
      `ONNX: expected ${sizeOf(shape) * bytesPerElement(dtype)} bytes for ${name || "a tensor"}, got ${raw.length}`,
      {
        fix: "Check that the file was copied whole.",
        details: { tensor: name },
      },
    );
  }
  return { name, tensor: { dtype, shape, bytes: raw } };
}

/** Writes a TensorProto with its data raw. */
export function writeTensor(writer: MessageWriter, name: string, stored: StoredTensor): void {
  for (const length of stored.shape) writer.int(1, length);
  writer.int(2, elementCode(stored.dtype));
  if ("texts" in stored) for (const text of stored.texts) writer.bytes(6, new TextEncoder().encode(text));
  writer.text(8, name);
  if ("bytes" in stored) writer.bytes(9, stored.bytes);
}

function fromList(dtype: DType, numbers: readonly (number | bigint)[], texts: readonly string[]): TensorData {
  if (dtype === "string") return texts;
  if (dtype === "int64" || dtype === "uint64") return arrayOf(dtype).from(numbers.map(BigInt));
  return arrayOf(dtype as "float32").from(numbers.map(Number));
}

/** A repeated integer field comes one at a time or packed. */
export function* varints(value: bigint | Uint8Array): Generator<bigint> {
  if (typeof value === "bigint") {
    yield value;
    return;
  }
  let number = 0n;
  let shift = 0n;
  for (const byte of value) {
    number |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte < 0x80) {
      yield BigInt.asIntN(64, number);
      number = 0n;
      shift = 0n;
    }
  }
}

/** A repeated floating-point field comes one at a time or packed. */
export function* floats(value: bigint | Uint8Array, width: 4 | 8): Generator<number> {
  const bytes = value as Uint8Array;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + width <= bytes.length; at += width) {
    yield width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
  }
}
