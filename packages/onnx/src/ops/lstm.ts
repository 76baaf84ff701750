import { defineOp, int } from "../define-op.ts";
import type { Value } from "../graph-builder.ts";
import { pullback } from "../pullback.ts";
import { inferRecurrent, recurrentAttributes, recurrentGradient } from "../recurrent.ts";
import { type Cell, gatesOf, project, type Started } from "../recurrent-cell.ts";

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
  start({ g, x, before, w, r, wb, rb, peepholes, hidden, activations: [f, update, out] }) {
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
    return { sequences: [gates], step };
  },
});
