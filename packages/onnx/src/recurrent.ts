import { AthanorError } from "@athanor/core";
import { type GradientContext, type InferContext, int, optional, string } from "./define-op.ts";
import type { GraphBuilder, Value } from "./graph-builder.ts";
import { matrixProduct } from "./matrix-product.ts";
import type { Dim, ValueType } from "./model.ts";
import { pullback } from "./pullback.ts";
import { recurrentActivations } from "./recurrent-activation.ts";
import { shapeError } from "./shapes.ts";
import { zerosLike } from "./zeros-like.ts";

/** Attributes of every recurrent operator. */
export const recurrentAttributes = {
  activation_alpha: optional.floats,
  activation_beta: optional.floats,
  activations: optional.strings,
  clip: optional.float,
  direction: string<"forward" | "reverse" | "bidirectional">("forward"),
  hidden_size: optional.int,
  layout: int(0),
} as const;
type Spec = typeof recurrentAttributes;

/** Y `[steps, directions, batch, hidden]`, then the last states `[directions, batch, hidden]`; the batch leads in layout 1. */
export function inferRecurrent(
  op: string,
  { inputs: [x, w, r], attributes, outputCount }: InferContext<Spec>,
): readonly ValueType[] {
  if (x!.shape === undefined || r!.shape === undefined)
    return Array(outputCount).fill({ dtype: x!.dtype, shape: undefined });
  if (x!.shape.length !== 3 || r!.shape.length !== 3)
    throw shapeError(op, "an input [steps, batch, features] and weights [directions, gates × hidden, …]", x, w, r);
  const [directions, , hidden] = r!.shape as [Dim, Dim, Dim];
  const isBatchFirst = attributes.layout === 1;
  const [steps, batch] = isBatchFirst ? [x!.shape[1]!, x!.shape[0]!] : [x!.shape[0]!, x!.shape[1]!];
  const y = isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  const last = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
  return [y, last, last].slice(0, outputCount).map((shape) => ({ dtype: x!.dtype, shape }));
}

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
  readonly activations: readonly ((x: Value) => Value)[];
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

export interface Cell {
  readonly op: string;
  readonly defaults: readonly string[];
  readonly hasCell: boolean;
  /** Prepares a direction and returns what computes its step `t`. */
  start(direction: Direction): (t: number, c: Value | undefined) => Step;
  /** Gradient of the recurrent weight; the product of gate gradients and the states before unless a cell says otherwise. */
  recurrentWeight?: (direction: Direction, gates: Value, steps: readonly StepGradient[]) => Value;
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

/**
 * Gradients of a recurrent operator. Its own outputs are the states that every step saw, so all gates are computed in one
 * product; only the walk back through the states goes step by step, and weights again get one product for all steps.
 */
export function recurrentGradient(context: GradientContext<Spec>, cell: Cell): readonly (Value | undefined)[] {
  const { g, inputs, outputs, upstream, attributes } = context;
  const [x, w, r, b, lengths, h0, c0, peepholes] = inputs;
  if (attributes.layout === 1) return batchFirstGradient(context, cell);
  const steps = x!.shape[0]!;
  if (typeof steps !== "number") throw openLength(cell.op, steps);
  const each = cell.defaults.length;
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const y = outputs[0]!.name === "" ? g.op(cell.op, inputs, { hidden_size: r!.shape[2], ...given }) : outputs[0]!;
  const count = r!.shape[0] as number;
  const isReverse = (d: number) => attributes.direction === "reverse" || d === 1;

  const { activation_alpha: alphas, activation_beta: betas, clip } = attributes;
  const activations = recurrentActivations(g, cell.op, attributes.activations ?? cell.defaults, alphas, betas, clip);

  const gradients = Array.from({ length: count }, (_, d) => {
    const part = (value: Value | undefined, axis = 0) => value && g.gather(value, g.constant(d, "int64"), axis);
    const states = part(y, 1)!;
    const gates = r!.shape[1] as number;
    const bias = part(b);
    const half = (from: number) => bias && cut(g, bias, from, from + gates, 0);
    const start = part(h0) ?? zerosLike(g, at(g, states, 0));
    return directionGradient({
      cell,
      direction: {
        g,
        x: x!,
        before: statesBefore(g, states, start, steps, isReverse(d), lengths),
        w: part(w)!,
        r: part(r)!,
        wb: half(0),
        rb: half(gates),
        peepholes: part(peepholes),
        hidden: r!.shape[2] as number,
        activations: activations.length > each ? activations.slice(d * each, (d + 1) * each) : activations,
      },
      c0: cell.hasCell ? (part(c0) ?? zerosLike(g, start)) : undefined,
      order: Array.from({ length: steps }, (_, t) => (isReverse(d) ? steps - 1 - t : t)),
      inTime: (t) =>
        lengths && g.op("Unsqueeze", [g.op("Less", [g.constant(t, "int32"), lengths]), g.constant([1], "int64")]),
      dy: part(upstream[0], 1),
      dh: part(upstream[1]) ?? zerosLike(g, start),
      dc: part(upstream[2]) ?? (cell.hasCell ? zerosLike(g, start) : undefined),
    });
  });

  const stacked = (key: "w" | "r" | "b" | "h" | "c" | "p") => {
    const parts = gradients.map((one) => one[key]);
    if (parts.some((value) => value === undefined)) return undefined;
    const rows = (parts as Value[]).map((value) => g.op("Unsqueeze", [value, g.constant([0], "int64")]));
    return rows.length === 1 ? rows[0]! : g.concat(rows, 0);
  };
  const dx = gradients.map((one) => one.x).reduce((sum, value) => g.add(sum, value));
  return [
    dx,
    stacked("w"),
    stacked("r"),
    b && stacked("b"),
    undefined,
    h0 && stacked("h"),
    c0 && stacked("c"),
    peepholes && stacked("p"),
  ];
}

/** The state that each step saw: its neighbour's, or the first one at the sequence's start. */
function statesBefore(
  g: GraphBuilder,
  states: Value,
  start: Value,
  steps: number,
  reverse: boolean,
  lengths: Value | undefined,
): Value {
  const first = g.op("Unsqueeze", [start, g.constant([0], "int64")]);
  if (steps === 1) return first;
  if (!reverse) return g.concat([first, cut(g, states, 0, steps - 1, 0)], 0);
  const after = g.concat([cut(g, states, 1, steps, 0), first], 0);
  if (lengths === undefined) return after;
  // A shorter sequence starts its way back at its own end.
  const next = g.constant(
    Array.from({ length: steps }, (_, t) => t + 1),
    "int32",
  );
  const goesOn = g.op("Less", [g.reshape(next, [steps, 1, 1]), g.reshape(lengths, [1, -1, 1])]);
  return g.where(goesOn, after, first);
}

interface Walk {
  readonly cell: Cell;
  readonly direction: Direction;
  readonly c0: Value | undefined;
  /** Steps in the order in which they are computed. */
  readonly order: readonly number[];
  /** Which sequences are not over at a step: `[batch, 1]`, `undefined` when all go on. */
  inTime(t: number): Value | undefined;
  readonly dy: Value | undefined;
  readonly dh: Value;
  readonly dc: Value | undefined;
}

function directionGradient({ cell, direction, c0, order, inTime, dy, dh: lastH, dc: lastC }: Walk) {
  const { g, x, w } = direction;
  const step = cell.start(direction);
  let c = c0;
  const computed = order.map((t) => {
    const result = step(t, c);
    const isOn = inTime(t);
    if (c && result.c) c = isOn ? g.where(isOn, result.c, c) : result.c;
    return { t, result, isOn };
  });
  let [dh, dc] = [lastH, lastC];
  const back: StepGradient[] = [];
  for (const { t, result, isOn } of computed.toReversed()) {
    const total = dy ? g.add(dh, at(g, dy, t)) : dh;
    const over = (value: Value) => g.mul(value, 0);
    const flow = result.back(
      isOn ? g.where(isOn, total, over(total)) : total,
      isOn && dc ? g.where(isOn, dc, over(dc)) : dc,
    );
    back[t] = flow;
    dh = isOn ? g.where(isOn, flow.h, dh) : flow.h;
    if (dc && flow.c) dc = isOn ? g.where(isOn, flow.c, dc) : flow.c;
  }
  const together = (values: readonly Value[]) => (values.length === 1 ? values[0]! : g.concat(values, 0));
  const fromInput = together(back.map(({ input }) => input));
  const fromState = back.every(({ input, recurrent }) => input === recurrent)
    ? fromInput
    : together(back.map(({ recurrent }) => recurrent));
  const biases = [fromInput, fromState].map((gates) => g.reduceSum(gates, [0]));
  return {
    x: g.reshape(g.matMul(fromInput, w), x.shape),
    w: matrixProduct(g, fromInput, flat(g, x), { transA: true }),
    r:
      cell.recurrentWeight?.(direction, fromState, back) ??
      matrixProduct(g, fromState, flat(g, direction.before), { transA: true }),
    b: g.concat(biases, 0),
    h: dh,
    c: dc,
    p: back[0]!.peepholes && back.map(({ peepholes }) => peepholes!).reduce((sum, value) => g.add(sum, value)),
  };
}

/** Batch-first values are turned around the operator in the standard's order. */
function batchFirstGradient(
  { g, inputs, outputs, upstream, attributes }: GradientContext<Spec>,
  { op }: Cell,
): readonly (Value | undefined)[] {
  const first = g.nodes.length;
  const turned = inputs.map((value, i) => (value && [0, 5, 6].includes(i) ? g.transpose(value, [1, 0, 2]) : value));
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const results = g.ops(op, turned, { ...given, layout: 0 }, { outputs: outputs.length });
  const parts = results.map((value, i) => g.transpose(value, i === 0 ? [2, 0, 1, 3] : [1, 0, 2]));
  const wanted = inputs.filter((value) => value !== undefined);
  const values = pullback(g, { nodes: g.nodes.slice(first), outputs: parts, upstream, wanted });
  return inputs.map((value) => value && values[wanted.indexOf(value)]);
}

const openLength = (op: string, steps: Dim): AthanorError =>
  new AthanorError("onnx/shape", `${op}: expected a known number of steps for its gradient, got ${steps}`, {
    fix: "Make the model's sequence length static.",
    details: { op, steps },
  });
