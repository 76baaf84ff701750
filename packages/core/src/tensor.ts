import { AthanorError } from "./athanor-error.ts";
import { shareableBuffer } from "./shareable-buffer.ts";

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
  /** Half precision and bfloat16 travel as their 16 bits. */
  float16: Uint16Array,
  bfloat16: Uint16Array,
  /** Floats of eight and four bits travel as their bits, one a byte. */
  float8e4m3fn: Uint8Array,
  float8e4m3fnuz: Uint8Array,
  float8e5m2: Uint8Array,
  float8e5m2fnuz: Uint8Array,
  float8e8m0: Uint8Array,
  float4e2m1: Uint8Array,
  /** Whole numbers of four and two bits take a byte each; files pack them. */
  uint4: Uint8Array,
  int4: Int8Array,
  uint2: Uint8Array,
  int2: Int8Array,
  /** Two numbers an element: the real part, then the imaginary one. */
  complex64: Float32Array,
  complex128: Float64Array,
} as const;

/** Element types, named as in ONNX. */
export type DType = keyof typeof arrays | "string";

interface ArrayOf {
  float32: Float32Array;
  float64: Float64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
  float16: Uint16Array;
  bfloat16: Uint16Array;
  float8e4m3fn: Uint8Array;
  float8e4m3fnuz: Uint8Array;
  float8e5m2: Uint8Array;
  float8e5m2fnuz: Uint8Array;
  float8e8m0: Uint8Array;
  float4e2m1: Uint8Array;
  uint4: Uint8Array;
  int4: Int8Array;
  uint2: Uint8Array;
  int2: Int8Array;
  complex64: Float32Array;
  complex128: Float64Array;
  string: readonly string[];
}

/** The array that holds elements of a type; its memory may be shared. */
export type TensorData<D extends DType = DType> = ArrayOf[D];

/** A typed array (or strings) with a shape, row-major; it owns nothing and may view shared memory. */
export class Tensor<D extends DType = DType> {
  readonly dtype: D;
  readonly data: TensorData<D>;
  readonly shape: readonly number[];

  /** @throws `tensor/size` when the shape and the data disagree, `tensor/dtype` when the array is of another type. */
  constructor(dtype: D, data: TensorData<D>, shape: readonly number[]) {
    if (dtype !== "string" && !(data instanceof arrays[dtype as keyof typeof arrays])) {
      const expected = arrays[dtype as keyof typeof arrays]?.name ?? "a known element type";
      throw new AthanorError(
        "tensor/dtype",
        `Tensor: expected ${expected} for ${dtype}, got ${data.constructor.name}`,
        {
          details: { dtype },
        },
      );
    }
    const length = sizeOf(shape) * numbersPerElement(dtype);
    if (length !== data.length) {
      throw new AthanorError(
        "tensor/size",
        `Tensor: expected ${length} elements for shape [${shape.join(", ")}], got ${data.length}`,
        { fix: "Give a shape whose product is the number of elements.", details: { shape, length: data.length } },
      );
    }
    this.dtype = dtype;
    this.data = data;
    this.shape = shape;
  }

  get size(): number {
    return this.data.length / numbersPerElement(this.dtype);
  }

  /** The same data under another shape. */
  reshape(shape: readonly number[]): Tensor<D> {
    return new Tensor(this.dtype, this.data, shape);
  }
}

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Allocates zeros; `shared` puts them in memory that worker threads see without a copy, where threads can share any. */
export function zeros<D extends Exclude<DType, "string">>(
  dtype: D,
  shape: readonly number[],
  { shared = false }: { readonly shared?: boolean } = {},
): Tensor<D> {
  const Elements = arrays[dtype as "float32"];
  const size = sizeOf(shape) * numbersPerElement(dtype);
  const data: unknown = shared ? new Elements(shareableBuffer(size * Elements.BYTES_PER_ELEMENT)) : new Elements(size);
  return new Tensor(dtype, data as TensorData<D>, shape);
}

/** A float32 tensor from numbers; the shape defaults to one axis. */
export const float32 = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor<"float32"> =>
  new Tensor("float32", values instanceof Float32Array ? values : Float32Array.from(values), shape);

/** A float64 tensor from numbers; the shape defaults to one axis. */
export const float64 = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor<"float64"> =>
  new Tensor("float64", values instanceof Float64Array ? values : Float64Array.from(values), shape);

/** An int64 tensor from whole numbers; the shape defaults to one axis. */
export const int64 = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): Tensor<"int64"> =>
  new Tensor("int64", BigInt64Array.from(Array.from(values, BigInt)), shape);

/** How many numbers of its array an element takes: two where it is complex. */
export const numbersPerElement = (dtype: DType): number => (dtype === "complex64" || dtype === "complex128" ? 2 : 1);

/** Bytes of one element in memory; 0 for strings. */
export const bytesPerElement = (dtype: DType): number =>
  dtype === "string" ? 0 : arrays[dtype].BYTES_PER_ELEMENT * numbersPerElement(dtype);

/** The typed array class of an element type. */
export const arrayOf = <D extends Exclude<DType, "string">>(dtype: D): (typeof arrays)[D] => arrays[dtype];
