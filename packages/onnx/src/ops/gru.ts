import { defineOp, int } from "../define-op.ts";
import type { Value } from "../graph-builder.ts";
import { matrixProduct } from "../matrix-product.ts";
import { pullback } from "../pullback.ts";
import {
  at,
  type Cell,
  cut,
  flat,
  gatesOf,
  inferRecurrent,
  project,
  recurrentAttributes,
  recurrentGradient,
} from "../recurrent.ts";

export const gru = defineOp({
  name: "GRU",
  attributes: { ...recurrentAttributes, linear_before_reset: int(0) },
  inputs: [3, 6],
  infer: (context) => inferRecurrent("GRU", context),
  gradient: (context) => recurrentGradient(context, context.attributes.linear_before_reset === 1 ? late : early),
});

/** z, r = f(Wx + Rh + b), n = g(W x + b + r (R h + b)), h' = (1 − z) n + z h; gates stand in the order z, r, n. */
const late: Cell = {
  op: "GRU",
  defaults: ["Sigmoid", "Tanh"],
  hasCell: false,
  start({ g, x, before, w, r: weight, wb, rb, hidden, activations: [f, update] }) {
    const [inputs, states] = [project(g, x, w, wb), project(g, before, weight, rb)];
    return (t) => {
      const [ax, ah, h] = [at(g, inputs, t), at(g, states, t), at(g, before, t)];
      const first = g.nodes.length;
      const [xz, xr, xn] = gatesOf(g, ax, hidden, 3);
      const [hz, hr, hn] = gatesOf(g, ah, hidden, 3);
      const z = f!(g.add(xz!, hz!));
      const n = update!(g.add(xn!, g.mul(f!(g.add(xr!, hr!)), hn!)));
      const next = g.add(n, g.mul(z, g.sub(h, n)));
      const nodes = g.nodes.slice(first);
      return {
        back(dh) {
          const [input, recurrent, direct] = pullback(g, {
            nodes,
            outputs: [next],
            upstream: [dh],
            wanted: [ax, ah, h],
          });
          return { input: input!, recurrent: recurrent!, h: g.add(direct!, g.matMul(recurrent!, weight)) };
        },
      };
    };
  },
};

/** As above with n = g(W x + b + R (r h) + b): the reset comes before the product, which so sees another state. */
const early: Cell = {
  op: "GRU",
  defaults: ["Sigmoid", "Tanh"],
  hasCell: false,
  start({ g, x, before, w, r: weight, wb, rb, hidden, activations: [f, update] }) {
    const [gateWeight, newWeight] = [cut(g, weight, 0, 2 * hidden, 0), cut(g, weight, 2 * hidden, 3 * hidden, 0)];
    const bias = rb && cut(g, rb, 2 * hidden, 3 * hidden, 0);
    const inputs = project(g, x, w, wb);
    const states = project(g, before, gateWeight, rb && cut(g, rb, 0, 2 * hidden, 0));
    return (t) => {
      const [ax, ah, h] = [at(g, inputs, t), at(g, states, t), at(g, before, t)];
      const first = g.nodes.length;
      const [xz, xr, xn] = gatesOf(g, ax, hidden, 3);
      const [hz, hr] = gatesOf(g, ah, hidden, 2);
      const z = f!(g.add(xz!, hz!));
      const reset = g.mul(f!(g.add(xr!, hr!)), h);
      const middle = g.nodes.length;
      const product = project(g, reset, newWeight, bias);
      const last = g.nodes.length;
      const n = update!(g.add(xn!, product));
      const next = g.add(n, g.mul(z, g.sub(h, n)));
      const [early, late] = [g.nodes.slice(first, middle), g.nodes.slice(last)];
      return {
        back(dh) {
          const wanted = [xn!, z, h, product];
          const [dxn, dz, direct, dproduct] = pullback(g, { nodes: late, outputs: [next], upstream: [dh], wanted });
          const upstream = [dxn, dz, g.matMul(dproduct!, newWeight)];
          const [dax, dah, through] = pullback(g, {
            nodes: early,
            outputs: [xn, z, reset],
            upstream,
            wanted: [ax, ah, h],
          });
          return {
            input: dax!,
            recurrent: g.concat([dah!, dproduct!], -1),
            reset,
            h: g.add(g.add(direct!, through!), g.matMul(dah!, gateWeight)),
          };
        },
      };
    };
  },
  recurrentWeight({ g, before, hidden }, gates, steps) {
    const states = g.concat(
      steps.map(({ reset }) => reset!),
      0,
    );
    const product = (from: number, to: number, seen: Value) =>
      matrixProduct(g, cut(g, gates, from, to, -1), seen, { transA: true });
    return g.concat([product(0, 2 * hidden, flat(g, before)), product(2 * hidden, 3 * hidden, states)], 0);
  },
};
