import type { ElementwiseProgram } from "./elementwise-program.ts";

/** A program as WebAssembly: `update(begin, end, gradientScale, …scalars)` over the bytes of its first stream. */
export interface AssembledProgram {
  readonly bytes: Uint8Array;
  /** Names of the numbers that follow `gradientScale`. */
  readonly parameters: readonly string[];
}

const op = { load: 0x00, store: 0x0b, const: 0x0c, splat: 0x13, lt: 0x43, gt: 0x44, and: 0x4e, or: 0x50 } as const;
const unary: Readonly<Record<string, number>> = { Abs: 0xe0, Neg: 0xe1, Sqrt: 0xe3 };
const binary: Readonly<Record<string, number>> = { Add: 0xe4, Sub: 0xe5, Mul: 0xe6, Div: 0xe7, Min: 0xe8, Max: 0xe9 };
const i32 = 0x7f;
const f32 = 0x7d;
const v128 = 0x7b;
const gradientScale = "gradientScale";

/**
 * Assembles a loop of four lanes a turn over streams that lie `strideBytes` apart in an imported memory.
 *
 * @see https://webassembly.github.io/spec/core/binary/
 */
export function assembleProgram(
  program: ElementwiseProgram,
  {
    strideBytes,
    pages,
    isShared,
  }: { readonly strideBytes: number; readonly pages: number; readonly isShared: boolean },
): AssembledProgram {
  const { streams: all, body, constants, stores } = program;
  const results = new Set(body.map(({ result }) => result));
  const used = new Set([...body.flatMap(({ operands }) => operands), ...stores.map(({ result }) => result)]);
  const streams = all.filter((name) => used.has(name));
  const parameters = [...used].filter((name) => !results.has(name) && !streams.includes(name) && !(name in constants));

  // Locals: begin, end, the scalars as numbers, then vectors of scalars, constants, streams and results.
  const scalars = [gradientScale, ...parameters];
  const locals = new Map<string, number>();
  const vectors = [...scalars, ...[...used].filter((name) => name in constants), ...streams, ...results];
  for (const name of vectors) locals.set(name, 2 + scalars.length + locals.size);
  const get = (name: string) => [0x20, ...leb(locals.get(name)!)];
  const set = (name: string) => [0x21, ...leb(locals.get(name)!)];
  const at = (stream: string) => leb(all.indexOf(stream) * strideBytes);

  const code: number[] = [];
  for (const [i, name] of scalars.entries()) code.push(0x20, ...leb(2 + i), ...simd(op.splat), ...set(name));
  for (const name of vectors)
    if (name in constants) code.push(0x43, ...bytesOf(constants[name]!), ...simd(op.splat), ...set(name));
  code.push(0x20, 0, 0x20, 1, 0x49, 0x04, 0x40, 0x03, 0x40);
  for (const stream of streams) {
    code.push(0x20, 0, ...simd(op.load), 4, ...at(stream));
    if (stream === "gradient") code.push(...get(gradientScale), ...simd(binary.Mul!));
    code.push(...set(stream));
  }
  for (const { op: name, operands, result } of body) {
    const [a, b] = operands.map(get);
    if (name === "Sign") code.push(...sign(a!));
    else if (name in unary) code.push(...a!, ...simd(unary[name]!));
    else code.push(...a!, ...b!, ...simd(binary[name]!));
    code.push(...set(result));
  }
  for (const { stream, result } of stores) code.push(0x20, 0, ...get(result), ...simd(op.store), 4, ...at(stream));
  code.push(0x20, 0, 0x41, 16, 0x6a, 0x22, 0, 0x20, 1, 0x49, 0x0d, 0, 0x0b, 0x0b, 0x0b);

  const kind = [i32, i32, ...scalars.map(() => f32)];
  const memory = [...text("env"), ...text("memory"), 0x02, isShared ? 0x03 : 0x01, ...leb(pages), ...leb(pages)];
  const functionBody = [1, ...leb(vectors.length), v128, ...code];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...leb(kind.length), ...kind, 0]),
    ...section(2, [1, ...memory]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text("update"), 0x00, 0]),
    ...section(10, [1, ...leb(functionBody.length), ...functionBody]),
  ]);
  return { bytes, parameters };
}

/** 1 where positive, −1 where negative, 0 else. */
function sign(x: readonly number[]): readonly number[] {
  const all = (value: number) => [0x43, ...bytesOf(value), ...simd(op.splat)];
  const where = (comparison: number, value: number) => [
    ...[...x, ...all(0), ...simd(comparison)],
    ...[...all(value), ...simd(op.and)],
  ];
  return [...where(op.gt, 1), ...where(op.lt, -1), ...simd(op.or)];
}

const simd = (code: number): readonly number[] => [0xfd, ...leb(code)];
const section = (id: number, content: readonly number[]): readonly number[] => [id, ...leb(content.length), ...content];
const text = (value: string): readonly number[] => [value.length, ...new TextEncoder().encode(value)];
const bytesOf = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

/** An unsigned number in groups of seven bits, the lowest first. */
function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}
