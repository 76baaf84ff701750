import { pullback } from "../autodiff/pullback.ts";
import { defineOp, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inferRecurrent, recurrentAttributes, recurrentGradient } from "../recurrence/recurrent.ts";
import type { RecurrentActivation } from "../recurrence/recurrent-activation.ts";
import {
  type Ahead,
  type Cell,
  type Direction,
  gatesOf,
  type Kept,
  project,
  type Sequence,
  type Started,
} from "../recurrence/recurrent-cell.ts";
import { scanSteps } from "../recurrence/scan-steps.ts";

export const lstm = defineOp({
  name: "LSTM",
  attributes: { ...recurrentAttributes, input_forget: int(0) },
  inputs: [3, 8],
  infer: (context) => inferRecurrent("LSTM", context),
  gradient: (context) => recurrentGradient(context, cellOf(context.attributes.input_forget === 1)),
});

/** i = f(aᵢ + pᵢ c), f = f(a_f + p_f c), c' = f c + i g(a_c), o = f(aₒ + pₒ c'), h = o h(c'); gates stand in the order i, o, f, c. */
const cellOf = (isCoupled: boolean): Cell => ({
  op: "LSTM",
  defaults: ["Sigmoid", "Tanh", "Tanh"],
  hasCell: true,
  start(direction, before) {
    const { g, x, w, r, wb, rb } = direction;
    return startFrom(direction, g.add(project(g, x, w, wb), project(g, before, r, rb)), isCoupled);
  },
  keep: (sequence) => (isWorthKeeping(sequence) ? keepGates(sequence, isCoupled) : undefined),
});

function startFrom(direction: Direction, gates: Value, isCoupled: boolean): Started {
  const { rBack, peepholes, hidden } = direction;
  const step: Started["step"] = (inner, [a], c) => {
    const first = inner.nodes.length;
    const { h, c: next } = stepForward(inner, direction, gatesOf(inner, a!, hidden, 4), c!, isCoupled);
    const nodes = inner.nodes.slice(first);
    return {
      c: next,
      back(dh, dc) {
        const wanted = [a!, c!, ...(peepholes ? [peepholes] : [])];
        const [da, dcBefore, dp] = pullback(inner, { nodes, outputs: [h, next], upstream: [dh, dc], wanted });
        return { input: da!, recurrent: da!, h: inner.matMul(rBack, da!), c: dcBefore, peepholes: dp };
      },
    };
  };
  return { sequences: [gates], step, ...(peepholes ? {} : { ahead: gatesAhead(direction, gates, isCoupled) }) };
}

function stepForward(
  g: GraphBuilder,
  { peepholes, hidden, activations: [f, update, out] }: Direction,
  [ai, ao, af, ac]: readonly Value[],
  c: Value,
  isCoupled: boolean,
): { readonly h: Value; readonly c: Value } {
  const [pi, po, pf] = peepholes ? gatesOf(g, peepholes, hidden, 3) : [];
  const seen = (gate: Value, p: Value | undefined, state: Value) => (p ? g.add(gate, g.mul(p, state)) : gate);
  const i = f!(g, seen(ai!, pi, c));
  const forget = isCoupled ? g.sub(1, i) : f!(g, seen(af!, pf, c));
  const next = g.add(g.mul(forget, c), g.mul(i, update!(g, ac!)));
  return { h: g.mul(f!(g, seen(ao!, po, next)), out!(g, next)), c: next };
}

/** The runtime's operator keeps its gates to itself; computing them again costs more than its swifter steps save once the product is large. */
function isWorthKeeping({ direction: { r }, h0 }: Sequence): boolean {
  const [gates, hidden] = r.shape;
  const batch = h0.shape[1]!;
  return typeof batch === "number" && Number(gates) * Number(hidden) * batch >= 4e6;
}

/** The operator by a scan that puts out the gates before their activations, and the cells. */
function keepGates({ direction, isReverse, inTime, h0, c0 }: Sequence, isCoupled: boolean): Kept {
  const { g, x, w, r, wb, rb, hidden } = direction;
  const inputs = project(g, x, w, wb && rb ? g.add(wb, rb) : wb);
  const [h, c, states, gates, cells] = scanSteps(g, {
    states: [h0, c0!],
    read: [inputs, ...(inTime ? [inTime] : [])],
    isBackwards: isReverse,
    step(inner, [before, cell], [input, isOn]) {
      const a = inner.add(inner.matMul(r, before!), input!);
      const next = stepForward(inner, direction, gatesOf(inner, a, hidden, 4), cell!, isCoupled);
      const on = (value: Value, otherwise: Value) => (isOn ? inner.where(isOn, value, otherwise) : value);
      const shown = on(next.h, inner.constant(0, next.h.dtype as "float32"));
      return [on(next.h, before!), on(next.c, cell!), shown, a, cell!];
    },
  }) as readonly [Value, Value, Value, Value, Value];
  return { states, cells, h, c, started: startFrom(direction, gates, isCoupled) };
}

/** Without peepholes no gate waits for the cell: gates and slopes are computed for all steps at once. */
function gatesAhead({ g, rBack, hidden, activations }: Direction, gates: Value, isCoupled: boolean): Ahead {
  const [f, update, out] = activations.map((activation) => withSlope(g, activation));
  const [ai, ao, af, ac] = gatesOf(g, gates, hidden, 4) as [Value, Value, Value, Value];
  const [i, o, u] = [f!(ai), f!(ao), update!(ac)];
  const kept = isCoupled ? undefined : f!(af);
  const forget = kept ? kept.value : g.sub(1, i.value);
  return {
    forth: {
      sequences: [forget, g.mul(i.value, u.value)],
      next: (inner, [share, added], c) => inner.add(inner.mul(share!, c), added!),
    },
    back(before) {
      const shown = out!(g.add(g.mul(forget, before), g.mul(i.value, u.value)));
      const ofInput = g.mul(isCoupled ? g.sub(u.value, before) : u.value, i.slope);
      const ofForget = kept ? g.mul(before, kept.slope) : g.mul(af, 0);
      // Per number that arrives at the cell, at the state, at the cell and at the cell.
      const slopes = g.concat([ofInput, g.mul(shown.value, o.slope), ofForget, g.mul(i.value, u.slope)], -2);
      return {
        sequences: [g.mul(o.value, shown.slope), slopes, forget],
        step: (inner, [ofState, all, share]) => ({
          back(dh, dc) {
            const cell = dc ? inner.add(dc, inner.mul(dh, ofState!)) : inner.mul(dh, ofState!);
            const da = inner.mul(inner.concat([cell, dh, cell, cell], -2), all!);
            return { input: da, recurrent: da, h: inner.matMul(rBack, da), c: inner.mul(cell, share!) };
          },
        }),
      };
    },
  };
}

/** An activation's value beside its slope. */
function withSlope(g: GraphBuilder, activation: RecurrentActivation) {
  return (x: Value): { readonly value: Value; readonly slope: Value } => {
    const first = g.nodes.length;
    const value = activation(g, x);
    const nodes = g.nodes.slice(first);
    const upstream = [g.constant(1, value.dtype as "float32")];
    const [slope] = pullback(g, { nodes, outputs: [value], upstream, wanted: [x] });
    return { value, slope: slope! };
  };
}
