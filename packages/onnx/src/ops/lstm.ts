import { defineOp, int } from "../define-op.ts";
import type { Value } from "../graph-builder.ts";
import { pullback } from "../pullback.ts";
import {
  at,
  type Cell,
  gatesOf,
  inferRecurrent,
  project,
  recurrentAttributes,
  recurrentGradient,
} from "../recurrent.ts";

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
    return (t, c) => {
      const a = at(g, gates, t);
      const first = g.nodes.length;
      const [ai, ao, af, ac] = gatesOf(g, a, hidden, 4);
      const [pi, po, pf] = peepholes ? gatesOf(g, peepholes, hidden, 3) : [];
      const seen = (gate: Value, p: Value | undefined, state: Value) => (p ? g.add(gate, g.mul(p, state)) : gate);
      const i = f!(seen(ai!, pi, c!));
      const forget = isCoupled ? g.sub(1, i) : f!(seen(af!, pf, c!));
      const next = g.add(g.mul(forget, c!), g.mul(i, update!(ac!)));
      const h = g.mul(f!(seen(ao!, po, next)), out!(next));
      const nodes = g.nodes.slice(first);
      return {
        c: next,
        back(dh, dc) {
          const wanted = [a, c!, ...(peepholes ? [peepholes] : [])];
          const [da, dcBefore, dp] = pullback(g, { nodes, outputs: [h, next], upstream: [dh, dc], wanted });
          return { input: da!, recurrent: da!, h: g.matMul(da!, r), c: dcBefore, peepholes: dp };
        },
      };
    };
  },
});
