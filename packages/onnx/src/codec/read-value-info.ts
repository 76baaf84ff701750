import type { DType } from "@athanor/core";
import { elementType, isElementCode } from "../element-types.ts";
import type { Dim, ValueInfo } from "../model.ts";
import { bytesOf, intOf, readFields, textOf, varints } from "./wire.ts";

/** Reads the name and type of a value; types other than tensors' are kept encoded. */
export function readValueInfo(bytes: Uint8Array): ValueInfo {
  let name = "";
  let type = new Uint8Array();
  const rest: Uint8Array[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === 1) name = textOf(field);
    else if (field.number === 2) type = new Uint8Array(bytesOf(field));
    else rest.push(field.raw);
  }
  const tensor = readTensorType(type, name);
  return {
    name,
    dtype: tensor?.dtype ?? "float32",
    shape: tensor?.shape,
    ...(tensor ? {} : { foreign: type }),
    ...(rest.length > 0 ? { rest } : {}),
  };
}

function readTensorType(bytes: Uint8Array, owner: string): { dtype: DType; shape: Dim[] | undefined } | undefined {
  let code = 0;
  let shape: Dim[] | undefined;
  for (const kind of readFields(bytes)) {
    if (kind.number !== 1) continue;
    for (const part of readFields(bytesOf(kind))) {
      if (part.number === 1) code = intOf(part);
      if (part.number === 2) shape = readShape(bytesOf(part), owner);
    }
  }
  return isElementCode(code) ? { dtype: elementType(code), shape } : undefined;
}

/** A length that is not stated, or that cannot be one, becomes a symbol of its own. */
function readShape(bytes: Uint8Array, owner: string): Dim[] {
  const dims = [...readFields(bytes)].filter(({ number }) => number === 1);
  return dims.map((dim, axis) => {
    for (const field of readFields(bytesOf(dim))) {
      if (field.number === 1) {
        const [length = -1n] = varints(field);
        if (length >= 0n && length <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(length);
      }
      if (field.number === 2) return textOf(field) || `${owner}_axis${axis}`;
    }
    return `${owner}_axis${axis}`;
  });
}
