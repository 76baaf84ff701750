import { arrayOf, type DType, Tensor, type TensorData } from "@athanor/core";
import { halves } from "./half-precision.ts";

/** A scalar from a number, one axis from a list. */
export const constantTensor = (value: number | readonly number[], dtype: Exclude<DType, "string">): Tensor =>
  typeof value === "number" ? tensorOfNumbers(dtype, [value], []) : tensorOfNumbers(dtype, value, [value.length]);

/** A tensor of any element type but text from plain numbers. */
export function tensorOfNumbers(dtype: DType, numbers: readonly number[], shape: readonly number[]): Tensor {
  const isWide = dtype === "int64" || dtype === "uint64";
  const plain = halves[dtype] ? numbers.map(halves[dtype].bitsOf) : numbers;
  const data = isWide ? wide(dtype, plain) : arrayOf(dtype as "float32").from(plain);
  return new Tensor(dtype, data as TensorData, shape);
}

/** Places of whole images are long lists; converting while iterating takes several times as long. */
function wide(dtype: "int64" | "uint64", numbers: readonly number[]): TensorData {
  const data = new (arrayOf(dtype))(numbers.length);
  for (let i = 0; i < numbers.length; i++) data[i] = BigInt(numbers[i]!);
  return data;
}

/** An element of a tensor as a number. */
export const numberOf = ({ dtype, data }: Tensor, i = 0): number => {
  const element = Number(data[i]);
  return halves[dtype]?.numberOf(element) ?? element;
};

/** The elements of an integer tensor as numbers. */
export const integersOf = (tensor: Tensor): readonly number[] =>
  Array.from(tensor.data as ArrayLike<number | bigint>, Number);
