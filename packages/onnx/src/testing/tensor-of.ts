import { arrayOf, type DType, Tensor, type TensorData } from "@athanor/core";

/** A tensor of any element type from numbers or strings. */
export function tensorOf(dtype: DType, values: readonly (number | string)[], shape: readonly number[]): Tensor {
  if (dtype === "string") return new Tensor(dtype, values as readonly string[], shape);
  const numbers = values as readonly number[];
  const isWide = dtype === "int64" || dtype === "uint64";
  const data = isWide ? arrayOf(dtype).from(numbers.map(BigInt)) : arrayOf(dtype as "float32").from(numbers);
  return new Tensor(dtype, data as TensorData, shape);
}
