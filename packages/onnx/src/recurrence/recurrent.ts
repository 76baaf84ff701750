import { pullback } from "../autodiff/pullback.ts";
import { type GradientContext, type InferContext, int, optional, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { readInstead } from "../graph/stand-in.ts";
import type { Dim, ValueType } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { zeros } from "../rules/zeros.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { shapeError } from "../shapes.ts";
import { recurrentActivations } from "./recurrent-activation.ts";
import { at, type Cell, column, cut, type Direction, flat, type Sequence, turned } from "./recurrent-cell.ts";
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
 * product, unless the cell keeps them; only the walk back through the states goes step by step, and weights again get one
 * product for all steps.
 */
export function recurrentGradient(context: GradientContext<Spec>, cell: Cell): readonly (Value | undefined)[] {
  const { g, inputs, outputs, upstream, attributes } = context;
  const [x, w, r, b, lengths, h0, c0, peepholes] = inputs;
  if (attributes.layout === 1) return batchFirstGradient(context, cell);
  const each = cell.defaults.length;
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
  const [count, gates, hidden] = r!.shape as readonly [number, number, number];
  const isReverse = (d: number) => attributes.direction === "reverse" || d === 1;
  const computed = () =>
    outputs[0]!.name === "" ? g.op(cell.op, inputs, { hidden_size: hidden, ...given }) : outputs[0]!;

  const { activation_alpha: alphas, activation_beta: betas, clip } = attributes;
  const activations = recurrentActivations(cell.op, attributes.activations ?? cell.defaults, alphas, betas, clip);

  const walks = Array.from({ length: count }, (_, d) => {
    const part = (value: Value | undefined, axis = 0) => value && g.gather(value, g.constant(d, "int64"), axis);
    const columns = (value: Value | undefined) => value && turned(g, value);
    const bias = part(b);
    const half = (from: number) => bias && cut(g, bias, from, from + gates, 0);
    const direction: Direction = {
      g,
      x: turned(g, x!),
      w: part(w)!,
      r: part(r)!,
      rBack: turned(g, part(r)!),
      wb: half(0),
      rb: half(gates),
      peepholes: peepholes && column(g, part(peepholes)!),
      hidden,
      activations: activations.length > each ? activations.slice(d * each, (d + 1) * each) : activations,
    };
    const start = columns(part(h0)) ?? noState(direction);
    const sequence: Sequence = {
      direction,
      isReverse: isReverse(d),
      inTime: lengths && beforeEnd(g, x!, 0, lengths),
      h0: start,
      c0: cell.hasCell ? (columns(part(c0)) ?? noState(direction)) : undefined,
    };
    const kept = cell.keep?.(sequence);
    const states = kept?.states ?? turned(g, part(computed(), 1)!);
    const before = statesBefore(sequence, states, lengths);
    const walked = walkSteps({
      ...sequence,
      g,
      started: kept?.started ?? cell.start(direction, before),
      cells: kept?.cells,
      dy: columns(part(upstream[0], 1)),
      dh: columns(part(upstream[1])) ?? noState(direction),
      dc: columns(part(upstream[2])) ?? (cell.hasCell ? noState(direction) : undefined),
    });
    return { kept, gradients: directionGradients(cell, { direction, x: x!, before, walked }) };
  });
  const stacked = (parts: readonly (Value | undefined)[], axis = 0) => {
    if (parts.some((value) => value === undefined)) return undefined;
    const each = (parts as readonly Value[]).map((value) => g.op("Unsqueeze", [value, g.constant([axis], "int64")]));
    return each.length === 1 ? each[0]! : g.concat(each, axis);
  };
  const keptRows = (key: "states" | "h" | "c") => walks.map(({ kept }) => kept && turned(g, kept[key]));
  const instead = [stacked(keptRows("states"), 1), stacked(keptRows("h")), stacked(keptRows("c"))];
  for (const [i, value] of instead.entries()) if (value && outputs[i]) readInstead(outputs[i], value);

  const gradients = walks.map((walk) => walk.gradients);
  const all = (key: "w" | "r" | "b" | "h" | "c" | "p") => stacked(gradients.map((one) => one[key]));
  const dx = gradients.map((one) => one.x).reduce((sum, value) => g.add(sum, value));
  return [dx, all("w"), all("r"), b && all("b"), undefined, h0 && all("h"), c0 && all("c"), peepholes && all("p")];
}

/** Zeros where no first state is given: `[hidden, batch]` */
function noState({ g, x, hidden }: Direction): Value {
  const batch = x.shape[2]!;
  if (typeof batch === "number") return zeros(g, [hidden, batch], x.dtype);
  const row = cut(g, at(g, x, 0), 0, 1, 0);
  return g.op("Expand", [zerosLike(g, row), g.constant([hidden, 1], "int64")]);
}

/** The state that each step saw: its neighbour's, or the first one at the sequence's start. */
function statesBefore({ direction, isReverse, h0 }: Sequence, states: Value, lengths: Value | undefined): Value {
  const { g } = direction;
  const first = g.op("Unsqueeze", [h0, g.constant([0], "int64")]);
  if (states.shape[0] === 1) return first;
  if (!isReverse) return g.concat([first, cut(g, states, 0, -1, 0)], 0);
  const after = g.concat([cut(g, states, 1, 2 ** 31, 0), first], 0);
  // A shorter sequence starts its way back at its own end.
  return lengths ? g.where(beforeEnd(g, states, 1, lengths), after, first) : after;
}

/** Whether a step and some after it are within each sequence: `[steps, 1, batch]` */
function beforeEnd(g: GraphBuilder, sequence: Value, after: number, lengths: Value): Value {
  const steps = sequence.shape[0]!;
  const places =
    typeof steps === "number"
      ? g.constant(
          Array.from({ length: steps }, (_, t) => t + after),
          "int32",
        )
      : g.cast(openPlaces(g, sequence, after), "int32");
  return g.op("Less", [g.reshape(places, [steps, 1, 1]), g.reshape(lengths, [1, 1, -1])]);
}

function openPlaces(g: GraphBuilder, sequence: Value, after: number): Value {
  const scalar = (value: number) => g.constant(value, "int64");
  const count = g.gather(g.op("Shape", [sequence]), scalar(0));
  return g.op("Range", [scalar(after), g.add(count, after), scalar(1)]);
}

interface Returned {
  readonly direction: Direction;
  /** `[steps, batch, features]` */
  readonly x: Value;
  readonly before: Value;
  readonly walked: Walked;
}

function directionGradients(cell: Cell, { direction, x, before, walked }: Returned) {
  const { g, w } = direction;
  const rows = (value: Value) => flat(g, turned(g, value));
  const input = turned(g, walked.input);
  const fromInput = flat(g, input);
  const fromState = walked.recurrent === walked.input ? fromInput : rows(walked.recurrent);
  const states = rows(before);
  return {
    x: g.matMul(input, w),
    w: matrixProduct(g, fromInput, flat(g, x), { transA: true }),
    r:
      cell.recurrentWeight?.(direction, fromState, states, walked.reset ? rows(walked.reset) : fromState) ??
      matrixProduct(g, fromState, states, { transA: true }),
    b: g.concat(
      [fromInput, fromState].map((gates) => g.reduceSum(gates, [0])),
      0,
    ),
    h: turned(g, walked.h),
    c: walked.c && turned(g, walked.c),
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
