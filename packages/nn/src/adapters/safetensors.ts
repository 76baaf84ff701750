import { AthanorError, bytesPerElement, type DType, sizeOf, type Tensor } from "@athanor/core";
import { loadTensor, storeTensor } from "@athanor/onnx";

const codes = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U8: "uint8",
  BOOL: "bool",
} as const satisfies Record<string, DType>;
const isCode = (code: unknown): code is keyof typeof codes => typeof code === "string" && code in codes;
const codeOf = new Map<DType, string>(Object.entries(codes).map(([code, dtype]) => [dtype, code]));

/** The length of the header stands before it, in eight bytes. */
const prefix = 8;

/**
 * Writes tensors by name as a safetensors file: a JSON header, then the data in the order of the names.
 *
 * @throws `nn/safetensors` for element types that the format does not have
 * @see https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const name of Object.keys(tensors).sort()) {
    const tensor = tensors[name]!;
    const stored = storeTensor(tensor);
    const dtype = codeOf.get(tensor.dtype);
    if (dtype === undefined || !("bytes" in stored)) throw broken(`numbers in ${name}`, tensor.dtype);
    header[name] = { dtype, shape: tensor.shape, data_offsets: [end, end + stored.bytes.length] };
    parts.push(stored.bytes);
    end += stored.bytes.length;
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  // Spaces bring the data to a multiple of eight bytes.
  const length = Math.ceil(json.length / prefix) * prefix;
  const file = new Uint8Array(prefix + length + end).fill(0x20, prefix, prefix + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(json, prefix);
  let at = prefix + length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/**
 * Reads the tensors of a safetensors file by name.
 *
 * @throws `nn/safetensors` for bytes that are no such file, or whose header points outside of them
 */
export function readSafetensors(file: Uint8Array): Readonly<Record<string, Tensor>> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = file.length < prefix ? Number.POSITIVE_INFINITY : Number(view.getBigUint64(0, true));
  if (length > file.length - prefix) throw broken("a header within the file", `${file.length} bytes`);
  const { __metadata__: _, ...entries } = headerOf(file.subarray(prefix, prefix + length));
  const data = file.subarray(prefix + length);
  const tensors = Object.entries(entries).map(([name, entry]) => [name, tensorAt(name, entry, data)] as const);
  return Object.fromEntries(tensors);
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return { ...header };
  } catch (cause) {
    throw broken("a header of JSON", "something else", cause);
  }
  throw broken("a header of named tensors", "something else");
}

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function tensorAt(name: string, entry: unknown, data: Uint8Array): Tensor {
  const { dtype: code, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!isCode(code)) throw broken(`${name} to have one of ${Object.keys(codes).join(", ")}`, String(code));
  if (!Array.isArray(shape) || !shape.every(isLength)) throw broken(`lengths as the shape of ${name}`, String(shape));
  const [start, end] = Array.isArray(offsets) ? (offsets as unknown[]) : [];
  if (!isLength(start) || !isLength(end) || start > end || end > data.length)
    throw broken(`the data of ${name} within the file`, `[${start}, ${end}] of ${data.length} bytes`);
  const dtype = codes[code];
  const needed = sizeOf(shape) * bytesPerElement(dtype);
  if (end - start !== needed) throw broken(`${needed} bytes for ${name} of [${shape}]`, `${end - start}`);
  // A copy: tensors must not change with the file's bytes.
  return loadTensor({ dtype, shape, bytes: data.slice(start, end) }) as Tensor;
}

const broken = (expected: string, got: string, cause?: unknown) =>
  new AthanorError("nn/safetensors", `safetensors: expected ${expected}, got ${got}`, {
    fix: "Give the bytes of a whole .safetensors file.",
    cause,
  });
