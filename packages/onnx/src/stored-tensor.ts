import { arrayOf, bytesPerElement, type DType, sizeOf, Tensor, type TensorData } from "@athanor/core";

/** A tensor as a file holds it: its bytes are a view, whatever their alignment. */
export type StoredTensor = { readonly dtype: DType; readonly shape: readonly number[] } & (
  | { readonly bytes: Uint8Array }
  | { readonly texts: readonly string[] }
);

/** A tensor whose bytes are fetched when they are first asked for, and then held. */
export function lazyTensor(dtype: DType, shape: readonly number[], load: () => Uint8Array): StoredTensor {
  let held: Uint8Array | undefined;
  return {
    dtype,
    shape,
    get bytes() {
      held ??= load();
      return held;
    },
  };
}

/** Views a tensor as stored bytes. */
export function storeTensor({ dtype, shape, data }: Tensor): StoredTensor {
  if (dtype === "string") return { dtype, shape, texts: data as readonly string[] };
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return { dtype, shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** Makes a tensor of stored bytes: a view when they are aligned for their type, a copy otherwise. */
export function loadTensor(stored: StoredTensor): Tensor {
  const { dtype, shape } = stored;
  if ("texts" in stored) return new Tensor("string", stored.texts, shape);
  const { bytes } = stored;
  const Elements = arrayOf(dtype as "float32");
  const isAligned = bytes.byteOffset % bytesPerElement(dtype) === 0;
  const data = isAligned
    ? new Elements(bytes.buffer, bytes.byteOffset, sizeOf(shape))
    : // Not bytes.slice(): that of a Buffer is a view.
      new Elements(new Uint8Array(bytes).buffer, 0, sizeOf(shape));
  return new Tensor(dtype, data as TensorData, shape);
}
