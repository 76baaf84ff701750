import { arrayOf, type DType, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { halves } from "../half-precision.ts";

/** Constants that decide shapes are short; longer results are left to the runtime. */
export const largest = 65_536;

/** One element of a tensor: bigint for 64-bit integers, text for strings, a number otherwise. */
export type Element = number | bigint | string;

export function elementsOf({ dtype, data }: Tensor): readonly Element[] {
  const elements = Array.from(data as ArrayLike<Element>);
  const half = halves[dtype];
  return half ? elements.map((bits) => half.numberOf(bits as number)) : elements;
}

/** A tensor of elements that are already of the type's kind; numbers are rounded or wrapped as the type does. */
export function tensorOf(dtype: DType, elements: readonly Element[], shape: readonly number[]): Tensor {
  if (dtype === "string") return new Tensor(dtype, elements as readonly string[], shape);
  const bitsOf = halves[dtype]?.bitsOf;
  const plain = elements as readonly number[];
  const data = arrayOf(dtype as "float32").from(bitsOf ? plain.map(bitsOf) : plain);
  return new Tensor(dtype, data as TensorData, shape);
}

export const isWide = (dtype: DType): boolean => dtype === "int64" || dtype === "uint64";

/** The greater of two elements; Math.max refuses 64-bit integers. */
export function higher<T extends Element>(a: T, b: T): T {
  if (a > b) return a;
  return b;
}

/** The smaller of two elements. */
export function lower<T extends Element>(a: T, b: T): T {
  if (a < b) return a;
  return b;
}

/** Row-major distance between neighbours on each axis. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Builds a tensor whose element at each place is the source's element at the place that `from` names. */
export function rearranged(
  source: Tensor,
  shape: readonly number[],
  from: (place: readonly number[]) => number,
): Tensor {
  const elements = elementsOf(source);
  return tensorOf(
    source.dtype,
    Array.from(places(shape), (place) => elements[from(place)]!),
    shape,
  );
}

/** Every index of a shape, in row-major order; the array is reused. */
export function* places(shape: readonly number[]): Generator<readonly number[]> {
  const place = shape.map(() => 0);
  for (let left = sizeOf(shape); left > 0; left--) {
    yield place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis]! += 1;
      if (place[axis]! < shape[axis]!) break;
      place[axis] = 0;
    }
  }
}

/** Repeats a tensor over the axes where its length is one. */
export function stretched(source: Tensor, shape: readonly number[]): Tensor {
  if (source.shape.length === shape.length && source.shape.every((length, axis) => length === shape[axis]))
    return source;
  const offset = shape.length - source.shape.length;
  const strides = stridesOf(source.shape);
  return rearranged(source, shape, (place) =>
    source.shape.reduce((sum, length, axis) => (length === 1 ? sum : sum + place[axis + offset]! * strides[axis]!), 0),
  );
}
