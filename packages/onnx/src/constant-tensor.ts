import { arrayOf, type DType, Tensor, type TensorData } from "@athanor/core";

/** A scalar from a number, one axis from a list. */
export function constantTensor(value: number | readonly number[], dtype: Exclude<DType, "string">): Tensor {
  const values = typeof value === "number" ? [value] : value;
  const isWide = dtype === "int64" || dtype === "uint64";
  const data = isWide ? arrayOf(dtype).from(values.map(BigInt)) : arrayOf(dtype as "float32").from(values);
  return new Tensor(dtype, data as TensorData<typeof dtype>, typeof value === "number" ? [] : [value.length]);
}

/** The elements of an integer tensor as numbers. */
export const integersOf = (tensor: Tensor): readonly number[] =>
  Array.from(tensor.data as ArrayLike<number | bigint>, Number);
