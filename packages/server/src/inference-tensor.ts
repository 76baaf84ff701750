import { AthanorError, arrayOf, type DType, show, sizeOf, Tensor } from "@athanor/core";

/** A tensor as the Open Inference Protocol writes it. */
export interface InferenceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

const datatypes = {
  BOOL: "bool",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP32: "float32",
  FP64: "float64",
  BYTES: "string",
} as const satisfies Record<string, DType>;

/** The protocol's name of an element type. */
export const datatypeOf = (dtype: DType): string =>
  Object.entries(datatypes).find(([, own]) => own === dtype)?.[0] ?? dtype.toUpperCase();

/**
 * Reads a request's tensor; its data may be flat or nested.
 *
 * @throws `inference/datatype`, `inference/data`, `inference/shape`
 */
export function readTensor({ name, shape, datatype, data }: InferenceTensor): Tensor {
  const dtype = (datatypes as Record<string, DType>)[datatype];
  if (dtype === undefined) {
    throw new AthanorError(
      "inference/datatype",
      `Input ${name}: expected one of ${Object.keys(datatypes).join(", ")}, got ${show(datatype)}`,
      {
        fix: "Use the datatype that the model's metadata names.",
        details: { name, datatype },
      },
    );
  }
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new AthanorError("inference/shape", `Input ${name}: expected shape to be whole numbers, got ${show(shape)}`, {
      fix: "Give the shape as a list such as [1, 4].",
      details: { name },
    });
  }
  if (!Array.isArray(data)) {
    throw new AthanorError("inference/data", `Input ${name}: expected data to be a list, got ${show(data)}`, {
      fix: "Give the elements as a list, row by row.",
      details: { name },
    });
  }
  const flat = (data as unknown[]).flat(Number.POSITIVE_INFINITY);
  if (flat.length !== sizeOf(shape)) {
    throw new AthanorError(
      "inference/shape",
      `Input ${name}: expected ${sizeOf(shape)} elements for shape [${shape.join(", ")}], got ${flat.length}`,
      {
        fix: "Give a shape whose product is the number of elements.",
        details: { name, shape, length: flat.length },
      },
    );
  }
  return new Tensor(dtype, elements(name, dtype, flat), shape);
}

function elements(name: string, dtype: DType, values: readonly unknown[]): never {
  const wrong = (expected: string, value: unknown) =>
    new AthanorError("inference/data", `Input ${name}: expected ${expected}, got ${show(value)}`, {
      fix: "Give elements of the tensor's datatype.",
      details: { name, value },
    });
  if (dtype === "string") {
    for (const value of values) if (typeof value !== "string") throw wrong("strings", value);
    return values as never;
  }
  const numbers = values.map((value) =>
    value === null ? Number.NaN : typeof value === "boolean" ? Number(value) : value,
  );
  const isWhole = dtype !== "float32" && dtype !== "float64";
  for (const [i, value] of numbers.entries()) {
    if (typeof value !== "number" || (isWhole && !Number.isInteger(value)))
      throw wrong(isWhole ? "whole numbers" : "numbers", values[i]);
  }
  if (dtype === "int64" || dtype === "uint64")
    return arrayOf(dtype).from(numbers.map((value) => BigInt(value as number))) as never;
  return arrayOf(dtype as "float32").from(numbers as number[]) as never;
}

/** Writes an output tensor; 64-bit integers become JSON numbers. */
export function writeTensor(name: string, { dtype, shape, data }: Tensor): InferenceTensor {
  return {
    name,
    shape,
    datatype: datatypeOf(dtype),
    data: Array.from(data as ArrayLike<unknown>, (value) =>
      typeof value === "bigint" ? Number(value) : dtype === "bool" ? Boolean(value) : value,
    ),
  };
}
