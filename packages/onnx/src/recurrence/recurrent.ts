import { pullback } from "../autodiff/pullback.ts";
import { type GradientContext, type InferContext, int, optional, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { shapeError } from "../shapes.ts";
import { recurrentActivations } from "./recurrent-activation.ts";
import { at, type Cell, cut, type Direction, flat } from "./recurrent-cell.ts";
import { type Walked, walkSteps } from "./recurrent-walk.ts";

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

/**
 * Gradients of a recurrent operator. Its own outputs are the states that every step saw, so all gates are computed in one
 * product; only the walk back through the states goes step by step, and weights again get one product for all steps.
 */
export function recurrentGradient(context: GradientContext<Spec>, cell: Cell): readonly (Value | undefined)[] {
  const { g, inputs, outputs, upstream, attributes } = context;
  const [x, w, r, b, lengths, h0, c0, peepholes] = inputs;
  if (attributes.layout === 1) return batchFirstGradient(context, cell);
  const steps = x!.shape[0]!;
  const each = cell.defaults.length;
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const y = outputs[0]!.name === "" ? g.op(cell.op, inputs, { hidden_size: r!.shape[2], ...given }) : outputs[0]!;
  const count = r!.shape[0] as number;
  const isReverse = (d: number) => attributes.direction === "reverse" || d === 1;

  const { activation_alpha: alphas, activation_beta: betas, clip } = attributes;
  const activations = recurrentActivations(cell.op, attributes.activations ?? cell.defaults, alphas, betas, clip);

  const gradients = Array.from({ length: count }, (_, d) => {
    const part = (value: Value | undefined, axis = 0) => value && g.gather(value, g.constant(d, "int64"), axis);
    const states = part(y, 1)!;
    const gates = r!.shape[1] as number;
    const bias = part(b);
    const half = (from: number) => bias && cut(g, bias, from, from + gates, 0);
    const start = part(h0) ?? zerosLike(g, at(g, states, 0));
    const direction: Direction = {
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
    };
    const walked = walkSteps({
      cell,
      direction,
      isReverse: isReverse(d),
      inTime: lengths && beforeEnd(g, states, steps, 0, lengths),
      c0: cell.hasCell ? (part(c0) ?? zerosLike(g, start)) : undefined,
      dy: part(upstream[0], 1),
      dh: part(upstream[1]) ?? zerosLike(g, start),
      dc: part(upstream[2]) ?? (cell.hasCell ? zerosLike(g, start) : undefined),
    });
    return directionGradients(cell, direction, walked);
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
  steps: Dim,
  reverse: boolean,
  lengths: Value | undefined,
): Value {
  const first = g.op("Unsqueeze", [start, g.constant([0], "int64")]);
  if (steps === 1) return first;
  if (!reverse) return g.concat([first, cut(g, states, 0, -1, 0)], 0);
  const after = g.concat([cut(g, states, 1, 2 ** 31, 0), first], 0);
  // A shorter sequence starts its way back at its own end.
  return lengths ? g.where(beforeEnd(g, states, steps, 1, lengths), after, first) : after;
}

/** Whether a step and some after it are within each sequence: `[steps, batch, 1]` */
function beforeEnd(g: GraphBuilder, states: Value, steps: Dim, after: number, lengths: Value): Value {
  const places =
    typeof steps === "number"
      ? g.constant(
          Array.from({ length: steps }, (_, t) => t + after),
          "int32",
        )
      : g.cast(openPlaces(g, states, after), "int32");
  return g.op("Less", [g.reshape(places, [steps, 1, 1]), g.reshape(lengths, [1, -1, 1])]);
}

function openPlaces(g: GraphBuilder, states: Value, after: number): Value {
  const scalar = (value: number) => g.constant(value, "int64");
  const count = g.gather(g.op("Shape", [states]), scalar(0));
  return g.op("Range", [scalar(after), g.add(count, after), scalar(1)]);
}

function directionGradients(cell: Cell, direction: Direction, walked: Walked) {
  const { g, x, w } = direction;
  const [fromInput, fromState] = [flat(g, walked.input), flat(g, walked.recurrent)];
  return {
    x: g.matMul(walked.input, w),
    w: matrixProduct(g, fromInput, flat(g, x), { transA: true }),
    r:
      cell.recurrentWeight?.(direction, fromState, flat(g, walked.reset ?? walked.recurrent)) ??
      matrixProduct(g, fromState, flat(g, direction.before), { transA: true }),
    b: g.concat(
      [fromInput, fromState].map((gates) => g.reduceSum(gates, [0])),
      0,
    ),
    h: walked.h,
    c: walked.c,
    p: walked.peepholes,
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
