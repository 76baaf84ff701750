import { AthanorError, bytesPerElement, type DType, sizeOf } from "@athanor/core";

const codes: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  complex64: 14,
  complex128: 15,
  bfloat16: 16,
  float8e4m3fn: 17,
  float8e4m3fnuz: 18,
  float8e5m2: 19,
  float8e5m2fnuz: 20,
  uint4: 21,
  int4: 22,
  float4e2m1: 23,
  float8e8m0: 24,
  uint2: 25,
  int2: 26,
};
const dtypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));

/** ONNX's number of an element type. */
export const elementCode = (dtype: DType): number => codes[dtype];

/** Bits of one element in a file, where several share a byte. */
const packed: Partial<Readonly<Record<DType, number>>> = { uint4: 4, int4: 4, float4e2m1: 4, uint2: 2, int2: 2 };

/** Types that files hold and few kernels read: their values are kept, and computed by the runtime alone. */
export const isRare = (dtype: DType): boolean =>
  dtype in packed || dtype.startsWith("float8") || dtype.startsWith("complex");

/** Bits of an element as a file holds it. */
export const storedBits = (dtype: DType): number => packed[dtype] ?? 8 * bytesPerElement(dtype);

/** Bytes that the elements of a shape take in a file. */
export const storedLength = (dtype: DType, shape: readonly number[]): number =>
  packed[dtype] ? Math.ceil((sizeOf(shape) * packed[dtype]) / 8) : sizeOf(shape) * bytesPerElement(dtype);

/** Whether a number names an element type that tensors here hold. */
export const isElementCode = (code: number): boolean => dtypes.has(code);

/** @throws `onnx/element-type` for a number that names no type */
export function elementType(code: number): DType {
  const dtype = dtypes.get(code);
  if (dtype !== undefined) return dtype;
  throw new AthanorError(
    "onnx/element-type",
    `ONNX: expected an element type of ${[...dtypes.values()].join(", ")}, got number ${code}`,
    {
      fix: "Convert the model's tensors of that type first.",
      details: { code },
    },
  );
}
