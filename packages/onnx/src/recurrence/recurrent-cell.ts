import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { RecurrentActivation } from "./recurrent-activation.ts";

/**
 * One direction of a recurrent operator. A step's values are columns, one a sequence of the batch: in a product of the
 * weights and a few columns the runtime packs the columns, where a product of a few rows makes it pack the weights at every step.
 */
export interface Direction {
  readonly g: GraphBuilder;
  /** `[steps, features, batch]` */
  readonly x: Value;
  readonly w: Value;
  readonly r: Value;
  /** The recurrent weights transposed. */
  readonly rBack: Value;
  readonly wb: Value | undefined;
  readonly rb: Value | undefined;
  readonly peepholes: Value | undefined;
  readonly hidden: number;
  readonly activations: readonly RecurrentActivation[];
}

/** A direction about to be walked through. */
export interface Sequence {
  readonly direction: Direction;
  readonly isReverse: boolean;
  /** Which sequences are not over at each step: `[steps, 1, batch]`, `undefined` when all go on. */
  readonly inTime: Value | undefined;
  readonly h0: Value;
  readonly c0: Value | undefined;
}

/** A direction walked through: columns for all steps, and the last states. */
export interface Kept {
  /** What the operator puts out, zeros where a sequence is over. */
  readonly states: Value;
  /** The cell that each step saw. */
  readonly cells: Value;
  readonly started: Started;
  readonly h: Value;
  readonly c: Value;
}

/** What flows back through one step; gate gradients are `[gates × hidden, batch]`. */
export interface StepGradient {
  /** Of the gates' part that comes from the input. */
  readonly input: Value;
  /** Of their part that comes from the state. */
  readonly recurrent: Value;
  /** Of the state before. */
  readonly h: Value;
  readonly c?: Value | undefined;
  readonly peepholes?: Value | undefined;
  /** The state that a reset before the product leaves. */
  readonly reset?: Value;
}

/** One step computed forward, ready to be walked back. */
export interface Step {
  readonly c?: Value;
  back(dh: Value, dc: Value | undefined): StepGradient;
}

export interface Started {
  /** What a step reads, stacked for all steps: `[steps, …]` */
  readonly sequences: readonly Value[];
  /** Computes one step in a graph, which may be a body. */
  step(g: GraphBuilder, seen: readonly Value[], c: Value | undefined): Step;
  /** The same with all that does not wait for another step computed at once; absent where gates read the cell. */
  readonly ahead?: Ahead;
}

/** A cell whose gates are known before any step is taken: what is left to a step is little. */
export interface Ahead {
  /** How the cell state moves on, from what it reads of each step. */
  readonly forth: {
    readonly sequences: readonly Value[];
    next(g: GraphBuilder, seen: readonly Value[], c: Value): Value;
  };
  /** How gradients move back, once the cell states before each step are known: `[steps, hidden, batch]`. */
  back(before: Value): {
    readonly sequences: readonly Value[];
    step(g: GraphBuilder, seen: readonly Value[]): Step;
  };
}

export interface Cell {
  readonly op: string;
  readonly defaults: readonly string[];
  readonly hasCell: boolean;
  /** Computes for all steps at once what does not wait for another step, from the states that they saw: `[steps, hidden, batch]`. */
  start(direction: Direction, before: Value): Started;
  /**
   * Gradient of the recurrent weight from rows of gate gradients and of the states before; their product unless a cell
   * says otherwise.
   */
  recurrentWeight?: (direction: Direction, gates: Value, states: Value, resets: Value) => Value;
  /** The operator by a scan that keeps what its way back reads; without it the gates are computed again from the states. */
  keep?: (sequence: Sequence) => Kept | undefined;
}

/** W x + b of columns, for one step or all of them. */
export function project(g: GraphBuilder, x: Value, w: Value, b: Value | undefined): Value {
  const product = g.matMul(w, x);
  return b === undefined ? product : g.add(product, column(g, b));
}

/** One number a row of columns. */
export const column = (g: GraphBuilder, x: Value): Value => g.reshape(x, [-1, 1]);

/** Rows of all steps as columns, and back. */
export const turned = (g: GraphBuilder, x: Value): Value => g.transpose(x, x.shape.length === 2 ? [1, 0] : [0, 2, 1]);

/** The value of one step. */
export const at = (g: GraphBuilder, sequence: Value, t: number): Value => g.gather(sequence, g.constant(t, "int64"));

/** The gates, one below the other. */
export const gatesOf = (g: GraphBuilder, x: Value, size: number, count: number): readonly Value[] =>
  g.ops("Split", [x, g.constant(Array<number>(count).fill(size), "int64")], { axis: -2 }, { outputs: count });

/** The part of an axis between two places. */
export const cut = (g: GraphBuilder, x: Value, from: number, to: number, axis: number): Value =>
  g.op("Slice", [x, ...[[from], [to], [axis]].map((bound) => g.constant(bound, "int64"))]);

/** All leading axes in one. */
export const flat = (g: GraphBuilder, x: Value): Value => g.reshape(x, [-1, x.shape.at(-1)!]);
