import { pullback } from "../autodiff/pullback.ts";
import { defineOp, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inferRecurrent, recurrentAttributes, recurrentGradient } from "../recurrence/recurrent.ts";
import type { RecurrentActivation } from "../recurrence/recurrent-activation.ts";
import { type Ahead, type Cell, type Direction, gatesOf, project, type Started } from "../recurrence/recurrent-cell.ts";

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
  start(direction) {
    const { g, x, before, w, r, wb, rb, peepholes, hidden, activations } = direction;
    const [f, update, out] = activations;
    const gates = g.add(project(g, x, w, wb), project(g, before, r, rb));
    const step: Started["step"] = (inner, [a], c) => {
      const first = inner.nodes.length;
      const [ai, ao, af, ac] = gatesOf(inner, a!, hidden, 4);
      const [pi, po, pf] = peepholes ? gatesOf(inner, peepholes, hidden, 3) : [];
      const seen = (gate: Value, p: Value | undefined, state: Value) =>
        p ? inner.add(gate, inner.mul(p, state)) : gate;
      const i = f!(inner, seen(ai!, pi, c!));
      const forget = isCoupled ? inner.sub(1, i) : f!(inner, seen(af!, pf, c!));
      const next = inner.add(inner.mul(forget, c!), inner.mul(i, update!(inner, ac!)));
      const h = inner.mul(f!(inner, seen(ao!, po, next)), out!(inner, next));
      const nodes = inner.nodes.slice(first);
      return {
        c: next,
        back(dh, dc) {
          const wanted = [a!, c!, ...(peepholes ? [peepholes] : [])];
          const [da, dcBefore, dp] = pullback(inner, { nodes, outputs: [h, next], upstream: [dh, dc], wanted });
          return { input: da!, recurrent: da!, h: inner.matMul(da!, r), c: dcBefore, peepholes: dp };
        },
      };
    };
    return { sequences: [gates], step, ...(peepholes ? {} : { ahead: gatesAhead(direction, gates, isCoupled) }) };
  },
});

/** Without peepholes no gate waits for the cell: gates and slopes are computed for all steps at once. */
function gatesAhead({ g, r, hidden, activations }: Direction, gates: Value, isCoupled: boolean): Ahead {
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
      const slopes = g.concat([ofInput, g.mul(shown.value, o.slope), ofForget, g.mul(i.value, u.slope)], -1);
      return {
        sequences: [g.mul(o.value, shown.slope), slopes, forget],
        step: (inner, [ofState, all, share]) => ({
          back(dh, dc) {
            const cell = dc ? inner.add(dc, inner.mul(dh, ofState!)) : inner.mul(dh, ofState!);
            const da = inner.mul(inner.concat([cell, dh, cell, cell], -1), all!);
            return { input: da, recurrent: da, h: inner.matMul(da, r), c: inner.mul(cell, share!) };
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
