import { GraphBuilder, type Value } from "@athanor/onnx";
import type { InitialState, Optimizer } from "../optimizer.ts";

/** An operation on whole tensors, or on numbers; operands name earlier results, streams, scalars or constants. */
export interface Instruction {
  readonly op: string;
  readonly operands: readonly string[];
  readonly result: string;
}

/** An optimizer's update of one element, the same for all elements of a parameter. */
export interface ElementwiseProgram {
  /** What lies side by side in memory: `parameter`, `gradient`, then the slots. */
  readonly streams: readonly string[];
  /** Computed once a step from `learningRate`, `step` and constants. */
  readonly scalars: readonly Instruction[];
  /** Computed for each element. */
  readonly body: readonly Instruction[];
  readonly constants: Readonly<Record<string, number>>;
  /** Stream to the result that is written to it. */
  readonly stores: readonly { readonly stream: string; readonly result: string }[];
}

/** A text that programs have in common when they do the same; JSON has no infinite numbers. */
export const programText = ({ constants, ...rest }: ElementwiseProgram): string =>
  JSON.stringify([rest, Object.entries(constants).map(([name, value]) => [name, String(value)])]);

/** Operators that a vector unit has an instruction for. */
export const vectorOps = ["Add", "Sub", "Mul", "Div", "Min", "Max", "Sqrt", "Abs", "Neg", "Sign"] as const;
const scalarOps: readonly string[] = [...vectorOps, "Pow"];

/**
 * Reads an optimizer's update as a program over elements.
 *
 * @returns `undefined` when the update looks at more than one element at a time, or uses an operator without an instruction
 */
export function elementwiseProgram(
  optimizer: Optimizer,
  {
    name,
    shape,
    slots: initial,
  }: {
    readonly name: string;
    readonly shape: readonly number[];
    readonly slots: Readonly<Record<string, InitialState>>;
  },
): ElementwiseProgram | undefined {
  // A scalar parameter could not be told from the scalars that all elements share.
  if (shape.length === 0) return undefined;
  const slots = Object.entries(initial);
  if (slots.some(([, slot]) => slot.shape.join() !== shape.join())) return undefined;
  const g = new GraphBuilder();
  const stream = (label: string) => g.input(label, "float32", shape);
  const [parameter, gradient] = [stream("parameter"), stream("gradient")];
  const held = Object.fromEntries(slots.map(([slot]) => [slot, stream(`slot.${slot}`)]));
  const [learningRate, step] = [g.input("learningRate", "float32", []), g.input("step", "float32", [])];
  const updated = optimizer.update(g, { name, parameter, gradient, slots: held, learningRate, step });

  const isScalar = (value: Value) => value.shape.length === 0;
  const scalars: Instruction[] = [];
  const body: Instruction[] = [];
  const constants: Record<string, number> = {};
  const computed = new Set<string>();
  for (const { definition, inputs, outputs } of g.nodes) {
    const [result] = outputs;
    const known: readonly string[] = isScalar(result!) ? scalarOps : vectorOps;
    const fits = isScalar(result!) || result!.shape.join() === shape.join();
    if (outputs.length !== 1 || !fits || !known.includes(definition.name)) return undefined;
    computed.add(result!.name);
    for (const input of inputs) {
      // What is computed of constants alone is another instruction, which asks for them.
      const constant = computed.has(input!.name) ? undefined : g.constantOf(input);
      if (constant?.size === 1 && constant.dtype === "float32") constants[input!.name] = Number(constant.data[0]);
      else if (constant !== undefined || input!.shape.join() !== (isScalar(input!) ? "" : shape.join()))
        return undefined;
    }
    const operands = inputs.map((input) => input!.name);
    (isScalar(result!) ? scalars : body).push({ op: definition.name, operands, result: result!.name });
  }
  return {
    streams: ["parameter", "gradient", ...slots.map(([slot]) => `slot.${slot}`)],
    scalars,
    body,
    constants,
    stores: [
      { stream: "parameter", result: updated.parameter.name },
      ...slots.map(([slot]) => ({ stream: `slot.${slot}`, result: updated.slots[slot]!.name })),
    ],
  };
}
