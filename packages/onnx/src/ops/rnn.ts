import { defineOp } from "../define-op.ts";
import { pullback } from "../pullback.ts";
import { at, type Cell, inferRecurrent, project, recurrentAttributes, recurrentGradient } from "../recurrent.ts";

export const rnn = defineOp({
  name: "RNN",
  attributes: recurrentAttributes,
  inputs: [3, 6],
  infer: (context) => inferRecurrent("RNN", context),
  gradient: (context) => recurrentGradient(context, cell),
});

/** h' = f(W x + R h + b) */
const cell: Cell = {
  op: "RNN",
  defaults: ["Tanh"],
  hasCell: false,
  start({ g, x, before, w, r, wb, rb, activations: [f] }) {
    const sums = g.add(project(g, x, w, wb), project(g, before, r, rb));
    return (t) => {
      const a = at(g, sums, t);
      const first = g.nodes.length;
      const h = f!(a);
      const nodes = g.nodes.slice(first);
      return {
        back(dh) {
          const [da] = pullback(g, { nodes, outputs: [h], upstream: [dh], wanted: [a] });
          return { input: da!, recurrent: da!, h: g.matMul(da!, r) };
        },
      };
    };
  },
};
