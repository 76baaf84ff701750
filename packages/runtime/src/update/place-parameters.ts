import { AthanorError, canShareMemory, shareableBuffer, sizeOf, Tensor } from "@athanor/core";
import type { Optimizer } from "../optimizer.ts";
import type { FloatTensors } from "../training-step.ts";
import { assembleProgram } from "./assemble-program.ts";
import { type ElementwiseProgram, elementwiseProgram } from "./elementwise-program.ts";
import { evaluateScalars } from "./evaluate-scalars.ts";
import type { TouchedRows, UpdateGroup, UpdatePlan } from "./shared-update.ts";
import { webAssembly } from "./web-assembly.ts";

/** Parameters in shared memory with what updates them there. */
export interface PlacedParameters {
  /** Parameters and their slots (`NAME.SLOT`) by name, as views that the update writes. */
  readonly states: FloatTensors;
  /** Where gradients are read, by parameter; those of sparse ones are summed there, others are written by the graph. */
  readonly gradients: FloatTensors;
  readonly plan: UpdatePlan;
  /** The kernels' numbers for a step, the gradient's scale left at 1. */
  numbers(step: { readonly learningRate: number; readonly step: number }): Float64Array;
  /** Where the numbers take the gradient's scale. */
  readonly scalePositions: readonly number[];
  /** Sparse parameters' touched rows. */
  readonly touched: Readonly<Record<string, ArrayBufferLike>>;
}

/** Whole cache lines, so that threads never write to one together. */
const lineBytes = 64;
const pageBytes = 65_536;
const maxPages = 65_536;

/**
 * Places the parameters whose update is a program over elements into shared memory.
 *
 * @returns `undefined` when the optimizer has no such parameter
 * @throws `runtime/too-large` for a parameter that exceeds one memory of 4 GiB with its slots
 */
export function placeParameters(
  parameters: FloatTensors,
  optimizer: Optimizer,
  sparse: readonly string[] = [],
): PlacedParameters | undefined {
  interface Members {
    readonly program: ElementwiseProgram;
    readonly names: string[];
    bytes: number;
  }
  const members: Members[] = [];
  const open = new Map<string, Members>();
  for (const [name, { shape }] of Object.entries(parameters)) {
    const program = elementwiseProgram(optimizer, { name, shape });
    if (program === undefined) throw new RangeError(`no program updates ${name}`);
    const bytes = lines(sizeOf(shape));
    if (bytes * program.streams.length > maxPages * pageBytes) throw tooLarge(name, shape);
    const key = JSON.stringify([program, sparse.includes(name) ? name : undefined]);
    let group = open.get(key);
    if (group === undefined || (group.bytes + bytes) * program.streams.length > maxPages * pageBytes) {
      group = { program, names: [], bytes: 0 };
      open.set(key, group);
      members.push(group);
    }
    group.names.push(name);
    group.bytes += bytes;
  }
  if (members.length === 0) return undefined;

  const states: Record<string, Tensor<"float32">> = {};
  const gradients: Record<string, Tensor<"float32">> = {};
  const groups: UpdateGroup[] = [];
  const programs: { program: ElementwiseProgram; names: readonly string[] }[] = [];
  for (const { program, names, bytes } of members) {
    const pages = Math.max(1, Math.ceil((bytes * program.streams.length) / pageBytes));
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: canShareMemory });
    const assembled = assembleProgram(program, { strideBytes: bytes, pages, isShared: canShareMemory });
    const [first] = names.filter((name) => sparse.includes(name));
    groups.push({
      memory,
      kernel: assembled.bytes,
      arity: 1 + assembled.parameters.length,
      begin: 0,
      end: bytes,
      ...(first === undefined ? {} : { rows: touchedRows(parameters[first]!.shape) }),
    });
    programs.push({ program, names: assembled.parameters });
    let offset = 0;
    for (const name of names) {
      const { data, shape } = parameters[name]!;
      const view = (stream: number) =>
        new Tensor("float32", new Float32Array(memory.buffer, stream * bytes + offset, data.length), shape);
      const slots = optimizer.slots({ name, shape });
      for (const [i, stream] of program.streams.entries()) {
        if (stream === "gradient") gradients[name] = view(i);
        else {
          const slot = stream === "parameter" ? undefined : stream.slice("slot.".length);
          const state = view(i);
          state.data.set((slot === undefined ? parameters[name]! : slots[slot]!).data);
          states[slot === undefined ? name : `${name}.${slot}`] = state;
        }
      }
      offset += lines(data.length);
    }
  }
  const scalePositions = groups.map((_, i) => groups.slice(0, i).reduce((sum, { arity }) => sum + arity, 0));
  const count = groups.reduce((sum, { arity }) => sum + arity, 0);
  return {
    states,
    gradients,
    plan: {
      groups,
      control: shareableBuffer(3 * Int32Array.BYTES_PER_ELEMENT),
      numbers: shareableBuffer(count * Float64Array.BYTES_PER_ELEMENT),
    },
    scalePositions,
    touched: Object.fromEntries(
      groups.flatMap(({ rows }, i) => (rows ? [[members[i]!.names[0]!, rows.touched] as const] : [])),
    ),
    numbers: (step) =>
      Float64Array.from(
        programs.flatMap(({ program, names }) => {
          const values = evaluateScalars(program, step);
          return [1, ...names.map((name) => values[name]!)];
        }),
      ),
  };
}

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
