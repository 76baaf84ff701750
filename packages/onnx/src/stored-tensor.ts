import { arrayOf, type DType, numbersPerElement, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { isPacked, packElements, unpackElements } from "./packed-elements.ts";

/** A tensor as a file holds it: its bytes are a view, whatever their alignment. */
export type StoredTensor = {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Encoded parts that say nothing of the data, such as what it is about, kept as they came. */
  readonly rest?: readonly Uint8Array[];
  /** The data piece by piece, of which nothing is held; absent where it is in memory. */
  readonly pieces?: () => Iterable<Uint8Array>;
} & ({ readonly bytes: Uint8Array } | { readonly texts: readonly string[] });

/** A tensor whose bytes are fetched when they are first asked for, and then held. */
export function lazyTensor(
  dtype: DType,
  shape: readonly number[],
  { load, pieces }: { readonly load: () => Uint8Array; readonly pieces: () => Iterable<Uint8Array> },
): StoredTensor {
  let held: Uint8Array | undefined;
  return {
    dtype,
    shape,
    pieces,
    get bytes() {
      held ??= load();
      return held;
    },
  };
}

/** A tensor with the encoded parts of another; data that is not fetched yet stays so. */
export function withRest(stored: StoredTensor, rest: StoredTensor["rest"]): StoredTensor {
  if (rest === undefined) return stored;
  return Object.defineProperties({} as StoredTensor, {
    ...Object.getOwnPropertyDescriptors(stored),
    rest: { value: rest, enumerable: true },
  });
}

/** Views a tensor as stored bytes. */
export function storeTensor({ dtype, shape, data }: Tensor): StoredTensor {
  if (dtype === "string") return { dtype, shape, texts: data as readonly string[] };
  if (isPacked(dtype)) return { dtype, shape, bytes: packElements(dtype, data as Uint8Array) };
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return { dtype, shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** Makes a tensor of stored bytes: a view when they are aligned for their type, a copy otherwise. */
export function loadTensor(stored: StoredTensor): Tensor {
  const { dtype, shape } = stored;
  if ("texts" in stored) return new Tensor("string", stored.texts, shape);
  const { bytes } = stored;
  if (isPacked(dtype)) return new Tensor(dtype, unpackElements(dtype, bytes, sizeOf(shape)) as TensorData, shape);
  const Elements = arrayOf(dtype as "float32");
  const isAligned = bytes.byteOffset % Elements.BYTES_PER_ELEMENT === 0;
  const count = sizeOf(shape) * numbersPerElement(dtype);
  const data = isAligned
    ? new Elements(bytes.buffer, bytes.byteOffset, count)
    : // Not bytes.slice(): that of a Buffer is a view.
      new Elements(new Uint8Array(bytes).buffer, 0, count);
  return new Tensor(dtype, data as TensorData, shape);
}
