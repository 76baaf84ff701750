import { arrayOf, type DType, sizeOf, Tensor, type TensorData } from "@athanor/core";

/** Copies the named rows of a tensor, in their order. */
export function takeRows(tensor: Tensor, rows: ArrayLike<number>): Tensor {
  const { dtype, shape } = tensor;
  const width = sizeOf(shape.slice(1));
  const source = tensor.data as Float32Array;
  const Elements = arrayOf(dtype as Exclude<DType, "string">) as Float32ArrayConstructor;
  const data = new Elements(rows.length * width);
  for (let i = 0; i < rows.length; i++) data.set(source.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  return new Tensor(dtype, data as TensorData, [rows.length, ...shape.slice(1)]);
}

/** A view of the rows from `start` to `end`. */
export function sliceRows({ dtype, data, shape }: Tensor, start: number, end: number): Tensor {
  const width = sizeOf(shape.slice(1));
  return new Tensor(dtype, (data as Float32Array).subarray(start * width, end * width) as TensorData, [
    end - start,
    ...shape.slice(1),
  ]);
}
