import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import type { RecurrentActivation } from "./recurrent-activation.ts";

/** One direction of a recurrent operator, its sequence laid out in time. */
export interface Direction {
  readonly g: GraphBuilder;
  /** `[steps, batch, features]` */
  readonly x: Value;
  /** What each step saw: `[steps, batch, hidden]` */
  readonly before: Value;
  readonly w: Value;
  readonly r: Value;
  readonly wb: Value | undefined;
  readonly rb: Value | undefined;
  readonly peepholes: Value | undefined;
  readonly hidden: number;
  readonly activations: readonly RecurrentActivation[];
}

/** What flows back through one step; gate gradients are `[batch, gates × hidden]`. */
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
  /** How gradients move back, once the cell states before each step are known: `[steps, batch, hidden]`. */
  back(before: Value): {
    readonly sequences: readonly Value[];
    step(g: GraphBuilder, seen: readonly Value[]): Step;
  };
}

export interface Cell {
  readonly op: string;
  readonly defaults: readonly string[];
  readonly hasCell: boolean;
  /** Computes for all steps at once what does not wait for another step. */
  start(direction: Direction): Started;
  /** Gradient of the recurrent weight; the product of gate gradients and the states before unless a cell says otherwise. */
  recurrentWeight?: (direction: Direction, gates: Value, resets: Value) => Value;
}

/** x Wᵀ + b for every step at once. */
export function project(g: GraphBuilder, x: Value, w: Value, b: Value | undefined): Value {
  const product = matrixProduct(g, x, w, { transB: true });
  return b === undefined ? product : g.add(product, b);
}

/** The value of one step. */
export const at = (g: GraphBuilder, sequence: Value, t: number): Value => g.gather(sequence, g.constant(t, "int64"));

/** The gates side by side in the last axis. */
export const gatesOf = (g: GraphBuilder, x: Value, size: number, count: number): readonly Value[] =>
  g.ops("Split", [x, g.constant(Array<number>(count).fill(size), "int64")], { axis: -1 }, { outputs: count });

/** The part of an axis between two places. */
export const cut = (g: GraphBuilder, x: Value, from: number, to: number, axis: number): Value =>
  g.op("Slice", [x, ...[[from], [to], [axis]].map((bound) => g.constant(bound, "int64"))]);

/** All leading axes in one. */
export const flat = (g: GraphBuilder, x: Value): Value => g.reshape(x, [-1, x.shape.at(-1)!]);
