import { AthanorError, type DType } from "@athanor/core";

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
  bfloat16: 16,
};
const dtypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));

/** ONNX's number of an element type. */
export const elementCode = (dtype: DType): number => codes[dtype];

/** Whether a number names an element type that tensors here hold. */
export const isElementCode = (code: number): boolean => dtypes.has(code);

/** @throws `onnx/element-type` for a type this version does not hold, such as float8 */
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
