import { AthanorError, canShareMemory, type Slices, shareableBuffer, sizeOf, Tensor } from "@athanor/core";
import type { FloatTensors } from "../training-step.ts";
import { assembleProgram } from "./assemble-program.ts";
import type { ElementwiseProgram } from "./elementwise-program.ts";
import { evaluateScalars } from "./evaluate-scalars.ts";
import { controlBytes, type TouchedRows, type UpdateGroup, type UpdatePlan } from "./shared-update.ts";
import { webAssembly } from "./web-assembly.ts";

/** Parameters in shared memory with what updates them there. */
export interface PlacedParameters {
  /** Parameters and their slots (`NAME.SLOT`) by name, as views that the update writes. */
  readonly states: FloatTensors;
  /** Where gradients are read, by parameter; those of sparse ones are summed there, others are written by the graph. */
  readonly gradients: FloatTensors;
  readonly plan: UpdatePlan;
  /** Where the gradients of all batches but the first are written, to be added to those of the first. */
  readonly parts: FloatTensors;
  /** The kernels' numbers for a step, with the gradient's scale that makes a mean of the sum. */
  numbers(step: { readonly learningRate: number; readonly step: number }): Float64Array;
  /** Where the numbers take the gradient's scale. */
  readonly scalePositions: readonly number[];
  /** Sparse parameters' touched rows. */
  readonly touched: Readonly<Record<string, ArrayBufferLike>>;
}

/** What is placed of one parameter: its values and its optimizer's state, which one program updates. */
export interface PlacedParameter {
  readonly shape: readonly number[];
  /** Without one only gradients are placed, to be summed. */
  readonly program: ElementwiseProgram | undefined;
}

export interface PlacingOptions {
  readonly sparse?: readonly string[];
  /** How many gradients come together before an update, which goes by their mean. */
  readonly accumulate?: number;
}

/** Whole cache lines, so that threads never write to one together. */
const lineBytes = 64;
const pageBytes = 65_536;
const maxPages = 65_536;

/**
 * Finds shared memory for the parameters whose update is a program over elements; it holds zeros.
 *
 * @returns `undefined` when there is none
 * @throws `runtime/too-large` for a parameter that exceeds one memory of 4 GiB with its slots
 */
export function* placeParameters(
  parameters: Readonly<Record<string, PlacedParameter>>,
  { sparse = [], accumulate = 1 }: PlacingOptions = {},
): Slices<PlacedParameters | undefined> {
  interface Members {
    readonly program: ElementwiseProgram | undefined;
    readonly streams: readonly string[];
    readonly names: string[];
    bytes: number;
  }
  const members: Members[] = [];
  const open = new Map<string | ElementwiseProgram | undefined, Members>();
  for (const [name, { shape, program }] of Object.entries(parameters)) {
    const bytes = lines(sizeOf(shape));
    const isTable = sparse.includes(name);
    const streams = [
      ...(program?.streams ?? ["gradient"]),
      // A table's gradients are summed by row as they are collected.
      ...(accumulate > 1 && !isTable ? ["part"] : []),
    ];
    if (bytes * streams.length > maxPages * pageBytes) throw tooLarge(name, shape);
    const key = isTable ? name : program;
    let group = open.get(key);
    if (group === undefined || (group.bytes + bytes) * streams.length > maxPages * pageBytes) {
      group = { program, streams, names: [], bytes: 0 };
      open.set(key, group);
      members.push(group);
    }
    group.names.push(name);
    group.bytes += bytes;
    yield;
  }
  if (members.length === 0) return undefined;

  const states: Record<string, Tensor<"float32">> = {};
  const gradients: Record<string, Tensor<"float32">> = {};
  const parts: Record<string, Tensor<"float32">> = {};
  const groups: UpdateGroup[] = [];
  const programs: { program: ElementwiseProgram; names: readonly string[] }[] = [];
  for (const { program, streams, names, bytes } of members) {
    const pages = Math.max(1, Math.ceil((bytes * streams.length) / pageBytes));
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: canShareMemory });
    const layout = { strideBytes: bytes, pages, isShared: canShareMemory };
    const assembled = program && assembleProgram({ ...program, streams }, layout);
    const [first] = names.filter((name) => sparse.includes(name));
    groups.push({
      memory,
      begin: 0,
      end: bytes,
      ...(assembled ? { update: { kernel: assembled.bytes, arity: 1 + assembled.parameters.length } } : {}),
      ...(streams.includes("part") ? { add: assembleProgram({ ...addition, streams }, layout).bytes } : {}),
      ...(first === undefined ? {} : { rows: touchedRows(parameters[first]!.shape) }),
    });
    if (assembled) programs.push({ program, names: assembled.parameters });
    yield;
    let offset = 0;
    for (const name of names) {
      const { shape } = parameters[name]!;
      const length = sizeOf(shape);
      const view = (stream: number) =>
        new Tensor("float32", new Float32Array(memory.buffer, stream * bytes + offset, length), shape);
      for (const [i, stream] of streams.entries()) {
        if (stream === "gradient") gradients[name] = view(i);
        else if (stream === "part") parts[name] = view(i);
        else states[stream === "parameter" ? name : `${name}.${stream.slice("slot.".length)}`] = view(i);
      }
      offset += lines(length);
      yield;
    }
  }
  const arities = groups.map(({ update }) => update?.arity ?? 0);
  const starts = arities.map((_, i) => arities.slice(0, i).reduce((sum, arity) => sum + arity, 0));
  const count = arities.reduce((sum, arity) => sum + arity, 0);
  return {
    states,
    gradients,
    parts,
    plan: {
      groups,
      control: shareableBuffer(controlBytes),
      numbers: shareableBuffer(count * Float64Array.BYTES_PER_ELEMENT),
    },
    scalePositions: starts.filter((_, i) => arities[i]! > 0),
    touched: Object.fromEntries(
      groups.flatMap(({ rows }, i) => (rows ? [[members[i]!.names[0]!, rows.touched] as const] : [])),
    ),
    numbers: (step) =>
      Float64Array.from(
        programs.flatMap(({ program, names }) => {
          const values = evaluateScalars(program, step);
          return [1 / accumulate, ...names.map((name) => values[name]!)];
        }),
      ),
  };
}

/** Adds the gradients of one more batch. */
const addition: ElementwiseProgram = {
  streams: [],
  scalars: [],
  constants: {},
  body: [{ op: "Add", operands: ["gradient", "part"], result: "sum" }],
  stores: [{ stream: "gradient", result: "sum" }],
};

const touchedRows = ([rows, ...row]: readonly number[]): TouchedRows => ({
  bytes: sizeOf(row) * Float32Array.BYTES_PER_ELEMENT,
  touched: shareableBuffer((1 + rows!) * Int32Array.BYTES_PER_ELEMENT),
});

const lines = (length: number): number => Math.ceil((length * Float32Array.BYTES_PER_ELEMENT) / lineBytes) * lineBytes;

const tooLarge = (name: string, shape: readonly number[]): AthanorError =>
  new AthanorError(
    "runtime/too-large",
    `compileStep: expected a parameter that fits 4 GiB with its optimizer state, got ${name} [${shape.join(", ")}]`,
    { fix: "Split the parameter, or use an optimizer with less state.", details: { parameter: name, shape } },
  );
