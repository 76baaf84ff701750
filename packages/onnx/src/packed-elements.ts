import { arrayOf, type DType } from "@athanor/core";
import { storedBits } from "./element-types.ts";

/** Whether several elements share a byte in a file. */
export const isPacked = (dtype: DType): boolean => dtype !== "string" && storedBits(dtype) < 8;

/** Puts elements of a byte each into as few bytes as their bits take, the first in the lowest bits. */
export function packElements(dtype: DType, elements: ArrayLike<number>): Uint8Array {
  const bits = storedBits(dtype);
  const perByte = 8 / bits;
  const bytes = new Uint8Array(Math.ceil(elements.length / perByte));
  for (let i = 0; i < elements.length; i++)
    bytes[Math.floor(i / perByte)]! |= (elements[i]! & ((1 << bits) - 1)) << ((i % perByte) * bits);
  return bytes;
}

/** Takes packed elements apart, one a byte; signed ones keep their sign. */
export function unpackElements(dtype: DType, bytes: Uint8Array, count: number): Int8Array | Uint8Array {
  const bits = storedBits(dtype);
  const perByte = 8 / bits;
  const isSigned = dtype === "int4" || dtype === "int2";
  return arrayOf(dtype as "int4").from({ length: count }, (_, i) => {
    const element = (bytes[Math.floor(i / perByte)]! >> ((i % perByte) * bits)) & ((1 << bits) - 1);
    return isSigned && element >> (bits - 1) ? element - (1 << bits) : element;
  });
}
