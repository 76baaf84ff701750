import { pullback } from "../autodiff/pullback.ts";
import { defineOp } from "../define-op.ts";
import { inferRecurrent, recurrentAttributes, recurrentGradient } from "../recurrence/recurrent.ts";
import { type Cell, project, type Started } from "../recurrence/recurrent-cell.ts";

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
  start({ g, x, w, r, rBack, wb, rb, activations: [f] }, before) {
    const sums = g.add(project(g, x, w, wb), project(g, before, r, rb));
    const step: Started["step"] = (inner, [a]) => {
      const first = inner.nodes.length;
      const h = f!(inner, a!);
      const nodes = inner.nodes.slice(first);
      return {
        back(dh) {
          const [da] = pullback(inner, { nodes, outputs: [h], upstream: [dh], wanted: [a!] });
          return { input: da!, recurrent: da!, h: inner.matMul(rBack, da!) };
        },
      };
    };
    return { sequences: [sums], step };
  },
};
